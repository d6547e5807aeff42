// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import com.fasterxml.jackson.annotation.JsonClassDescription;

/** Each picture becomes a frame: for cameras that are triggered themselves. It is what holds where nothing is said. */
@JsonClassDescription("Each picture becomes a frame: for a camera that is triggered itself.")
public record EverySettings() implements TriggerSettings {
    @Override
    public FrameTrigger open(String cameraId) {
        return (picture, small) -> Admission.FRAME;
    }
}
