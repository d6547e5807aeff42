// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.picture.Region;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Pictures in which something moves. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription(
        "Pictures become frames while something moves that is not the belt; an empty belt sends nothing, whether it runs or stands.")
public record MotionSettings(
        @JsonPropertyDescription("where it is looked for; the whole picture when absent") @Nullable Region region,
        @JsonPropertyDescription("from how many levels of 256 on a pixel differs from the empty belt")
                @JsonProperty(defaultValue = "" + THRESHOLD)
                @Min(1) @Max(MOST_THRESHOLD) @Nullable Integer threshold,
        @JsonPropertyDescription("which part of the region must differ, above 0 and at most 1")
                @JsonProperty(defaultValue = "" + PIXELS_SHARE)
                @Max(1) @Nullable Double pixelsShare,
        @JsonPropertyDescription("how long pictures still become frames after the last motion")
                @JsonProperty(defaultValue = "" + KEEP_MILLIS)
                @Min(0) @Max(MOST_KEEP_MILLIS) @Nullable Integer keepMillis)
        implements TriggerSettings {
    private static final int THRESHOLD = 16;
    private static final int MOST_THRESHOLD = 255;
    private static final double PIXELS_SHARE = 0.01;
    private static final int KEEP_MILLIS = 500;
    private static final int MOST_KEEP_MILLIS = 600_000;

    public MotionSettings {
        Bounds.check("threshold", threshold, 1, MOST_THRESHOLD);
        Bounds.checkShare("pixelsShare", pixelsShare);
        Bounds.check("keepMillis", keepMillis, 0, MOST_KEEP_MILLIS);
    }

    @Override
    public boolean looksAtPictures() {
        return true;
    }

    @Override
    public FrameTrigger open(String cameraId) {
        return new MotionTrigger(
                new BeltBackground(
                        region == null ? Region.WHOLE : region,
                        threshold == null ? THRESHOLD : threshold,
                        pixelsShare == null ? PIXELS_SHARE : pixelsShare),
                Duration.ofMillis(keepMillis == null ? KEEP_MILLIS : keepMillis));
    }
}
