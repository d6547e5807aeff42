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

/** Some pictures of each item. Each setting is described where it is declared; docs/line-file.md is made of that. */
@JsonClassDescription("Each item that comes into a gate gets an id, and its first pictures become frames.")
public record ItemSettings(
        @JsonPropertyDescription(
                        "the gate: a strip across the belt, shorter along it than the gaps between items, with belt in view before and"
                                + " behind; the middle fifth of the picture's width when absent")
                @Nullable Region region,
        @JsonPropertyDescription("from how many levels of 256 on a pixel differs from the empty belt")
                @JsonProperty(defaultValue = "" + THRESHOLD)
                @Min(1) @Max(MOST_THRESHOLD) @Nullable Integer threshold,
        @JsonPropertyDescription(
                        "which part of the gate must differ for an item to be in it, above 0 and at most 1; it has left at half of that")
                @JsonProperty(defaultValue = "" + PIXELS_SHARE)
                @Max(1) @Nullable Double pixelsShare,
        @JsonPropertyDescription("how many pictures of an item become frames, as long as it is in the gate; they vote")
                @JsonProperty(defaultValue = "1")
                @Min(1) @Max(MOST_FRAMES) @Nullable Integer framesPerItem,
        @JsonPropertyDescription(
                        "what follows within so many milliseconds after an item has left is still the same: for items with holes")
                @JsonProperty(defaultValue = "" + GAP_MILLIS)
                @Min(0) @Max(MOST_GAP_MILLIS) @Nullable Integer minimumGapMillis)
        implements TriggerSettings {
    private static final Region GATE = new Region(0.4, 0, 0.2, 1);
    private static final int THRESHOLD = 16;
    private static final int MOST_THRESHOLD = 255;
    private static final double PIXELS_SHARE = 0.05;
    private static final int MOST_FRAMES = 1_000;
    private static final int GAP_MILLIS = 20;
    private static final int MOST_GAP_MILLIS = 60_000;

    public ItemSettings {
        Bounds.check("threshold", threshold, 1, MOST_THRESHOLD);
        Bounds.checkShare("pixelsShare", pixelsShare);
        Bounds.check("framesPerItem", framesPerItem, 1, MOST_FRAMES);
        Bounds.check("minimumGapMillis", minimumGapMillis, 0, MOST_GAP_MILLIS);
    }

    @Override
    public boolean looksAtPictures() {
        return true;
    }

    @Override
    public FrameTrigger open(String cameraId) {
        return new ItemTrigger(
                new BeltBackground(
                        region == null ? GATE : region,
                        threshold == null ? THRESHOLD : threshold,
                        pixelsShare == null ? PIXELS_SHARE : pixelsShare),
                new ItemIds(cameraId),
                framesPerItem == null ? 1 : framesPerItem,
                Duration.ofMillis(minimumGapMillis == null ? GAP_MILLIS : minimumGapMillis));
    }
}
