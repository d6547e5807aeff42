// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import dev.sortline.contract.Identifiers;

/**
 * One camera on one line.
 *
 * @param lineId the sorting line; 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
 * @param cameraId the camera, unique on its line; of the same form
 */
public record LineCamera(String lineId, String cameraId) {

    public LineCamera {
        Identifiers.check("lineId", lineId);
        Identifiers.check("cameraId", cameraId);
    }

    @Override
    public String toString() {
        return lineId + "/" + cameraId;
    }
}
