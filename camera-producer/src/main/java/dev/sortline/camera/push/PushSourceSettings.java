// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.SourceSettings;
import java.time.InstantSource;

/** A camera that sends by itself, to {@link PushServer}: nothing connects to it. */
@JsonClassDescription("A camera that sends its pictures by itself, to the address of the section push.")
public record PushSourceSettings() implements SourceSettings {
    /** A source that gives nothing until it is interrupted: what the camera sends comes another way. */
    @Override
    public CameraSource open(InstantSource clock) {
        return pictures -> Thread.currentThread().join();
    }

    @Override
    public String place() {
        return "push";
    }
}
