// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How a camera does, as the classifier of its line sees it. What is not known is absent from the JSON.
 *
 * @param cameraId the camera
 * @param troubles what is wrong with it, each once, in the order of {@link CameraTrouble}; empty when all is well
 * @param lastFrameAgeMillis milliseconds since its last frame came, at least 0; absent when none has come yet
 * @param skewMillis how far its clock is at least ahead of the classifier's, in milliseconds. Above 0 it certainly is: frames came before
 *     they were taken. Below 0 it is behind by at most so much, which includes what a frame takes to arrive. Absent as long as nothing is
 *     known
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CameraStatus(
        String cameraId, List<CameraTrouble> troubles, @Nullable Long lastFrameAgeMillis, @Nullable Long skewMillis) {
    public CameraStatus {
        Identifiers.check("cameraId", cameraId);
        Objects.requireNonNull(troubles, "troubles is missing")
                .forEach(trouble -> Objects.requireNonNull(trouble, "a trouble is null"));
        troubles = troubles.stream().distinct().sorted().toList();
        if (lastFrameAgeMillis != null && lastFrameAgeMillis < 0) {
            throw new IllegalArgumentException("lastFrameAgeMillis is " + lastFrameAgeMillis + ": must be at least 0");
        }
    }
}
