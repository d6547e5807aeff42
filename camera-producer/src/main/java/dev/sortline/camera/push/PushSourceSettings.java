// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import dev.sortline.camera.source.SourceSettings;

/** A camera that sends by itself, to {@link PushServer}: nothing connects to it. */
@JsonClassDescription("A camera that sends its pictures by itself, to the address of the section push.")
public record PushSourceSettings() implements SourceSettings {
    @Override
    public String place() {
        return "push";
    }
}
