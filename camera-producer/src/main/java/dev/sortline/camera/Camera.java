// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import dev.sortline.contract.Frame;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One camera on one line.
 *
 * @param lineId the sorting line; 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
 * @param cameraId the camera, unique on its line; of the same form
 */
public record Camera(String lineId, String cameraId) {

    public Camera {
        // Only the contract knows the form of ids: it refuses a bad one here, before a thread is started for it.
        var unused = frame(lineId, cameraId, 0, Instant.EPOCH, "image/jpeg", null, new byte[0]);
    }

    Frame frame(long sequence, Instant capturedAt, LabelledImage image, byte[] bytes) {
        return frame(lineId, cameraId, sequence, capturedAt, image.contentType(), image.truth(), bytes);
    }

    private static Frame frame(
            String lineId,
            String cameraId,
            long sequence,
            Instant capturedAt,
            String contentType,
            @Nullable String truth,
            byte[] bytes) {
        return new Frame(lineId, cameraId, sequence, null, capturedAt, null, contentType, truth, bytes);
    }

    @Override
    public String toString() {
        return lineId + "/" + cameraId;
    }
}
