// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.ffmpeg.PictureShapeSettings;
import dev.sortline.camera.sight.SightSettings;
import dev.sortline.camera.source.SourceSettings;
import dev.sortline.camera.trigger.EverySettings;
import dev.sortline.camera.trigger.TriggerSettings;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** A live camera as the line file describes it. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription("A live camera, for sortline produce.")
public record CameraSettings(
        @JsonPropertyDescription("what it speaks, and where it is") @JsonProperty(required = true)
                SourceSettings source,
        @JsonPropertyDescription("which of its pictures become frames; each when absent") @Nullable TriggerSettings trigger,
        @JsonPropertyDescription("how its pictures are changed before they are sent; not at all when absent") @Nullable PictureShapeSettings picture,
        @JsonPropertyDescription("from when on it is told that it does not see well") @Nullable SightSettings sight) {
    /** A camera of which each picture is sent as it is. */
    public CameraSettings(SourceSettings source) {
        this(source, null, null, null);
    }

    /** The same, with paths that start at a folder. */
    public CameraSettings startingAt(Path folder) {
        return new CameraSettings(
                source.startingAt(folder), trigger == null ? null : trigger.startingAt(folder), picture, sight);
    }

    /** Which of its pictures become frames. */
    public TriggerSettings triggerOrEvery() {
        return trigger == null ? new EverySettings() : trigger;
    }

    PictureShapeSettings pictureOrUntouched() {
        return picture == null ? PictureShapeSettings.UNTOUCHED : picture;
    }

    SightSettings sightOrDefault() {
        return sight == null ? SightSettings.DEFAULT : sight;
    }
}
