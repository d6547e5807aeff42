// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.sorting.BeltGeometry;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * From when on a camera is no longer believed, or told of: {@code cameraWatch} in the line file. What is absent has its default. Each setting
 * is described where it is declared; docs/line-file.md is made of that.
 */
public record CameraWatchSettings(
        @JsonPropertyDescription("a camera of which no frame comes for so long is told of")
                @JsonProperty(defaultValue = "" + SILENT_AFTER_MILLIS)
                @Min(LEAST_SILENCE_MILLIS) @Max(DAY_MILLIS) @Nullable Long silentAfterMillis,
        @JsonPropertyDescription("a frame that was captured further in the future is refused")
                @JsonProperty(defaultValue = "" + CLOCK_AHEAD_MILLIS)
                @Min(0) @Max(MOST_AHEAD_MILLIS) @Nullable Long clockAheadMillis,
        @JsonPropertyDescription("a camera whose frames never arrive sooner after their capture is told of")
                @JsonProperty(defaultValue = "" + CLOCK_BEHIND_MILLIS)
                @Min(LEAST_BEHIND_MILLIS) @Max(DAY_MILLIS) @Nullable Long clockBehindMillis,
        @JsonPropertyDescription("from so many times the same picture in a row on nothing is decided by it; at least "
                        + LEAST_FRAMES + ", or 0 for never")
                @JsonProperty(defaultValue = "" + FROZEN_AFTER_FRAMES)
                @Min(0) @Max(MOST_FRAMES) @Nullable Integer frozenAfterFrames,
        @JsonPropertyDescription(
                        "the least distance from item to item on the belt; a camera that takes a frame more often is told of, where"
                                + " its frames count as items; 0 for never")
                @JsonProperty(defaultValue = "" + ITEM_SPACING_MILLIMETRES)
                @Min(0) @Max(MOST_MILLIMETRES) @Nullable Integer itemSpacingMillimetres) {
    /** What suits most lines. */
    public static final CameraWatchSettings DEFAULT = new CameraWatchSettings(null, null, null, null, null);

    private static final long DAY_MILLIS = 86_400_000;
    private static final long LEAST_SILENCE_MILLIS = 100;
    private static final long MOST_AHEAD_MILLIS = 60_000;
    private static final long LEAST_BEHIND_MILLIS = 1;
    private static final int LEAST_FRAMES = 2;
    private static final int MOST_FRAMES = 1_000_000;
    private static final int MOST_MILLIMETRES = 100_000;

    private static final long SILENT_AFTER_MILLIS = 10_000;
    private static final long CLOCK_AHEAD_MILLIS = 500;
    private static final long CLOCK_BEHIND_MILLIS = 500;
    private static final int FROZEN_AFTER_FRAMES = 10;
    private static final int ITEM_SPACING_MILLIMETRES = 100;

    public CameraWatchSettings {
        check("silentAfterMillis", silentAfterMillis, LEAST_SILENCE_MILLIS, DAY_MILLIS);
        check("clockAheadMillis", clockAheadMillis, 0, MOST_AHEAD_MILLIS);
        check("clockBehindMillis", clockBehindMillis, LEAST_BEHIND_MILLIS, DAY_MILLIS);
        if (frozenAfterFrames != null && frozenAfterFrames != 0) {
            check("frozenAfterFrames", frozenAfterFrames.longValue(), LEAST_FRAMES, MOST_FRAMES);
        }
        if (itemSpacingMillimetres != null) {
            check("itemSpacingMillimetres", itemSpacingMillimetres.longValue(), 0, MOST_MILLIMETRES);
        }
    }

    Duration silentAfter() {
        return Duration.ofMillis(silentAfterMillis == null ? SILENT_AFTER_MILLIS : silentAfterMillis);
    }

    Duration clockAhead() {
        return Duration.ofMillis(clockAheadMillis == null ? CLOCK_AHEAD_MILLIS : clockAheadMillis);
    }

    Duration clockBehind() {
        return Duration.ofMillis(clockBehindMillis == null ? CLOCK_BEHIND_MILLIS : clockBehindMillis);
    }

    /** 0 for never. */
    int frozenAfter() {
        return frozenAfterFrames == null ? FROZEN_AFTER_FRAMES : frozenAfterFrames;
    }

    /** The least time from item to item on a belt. */
    Duration itemSpacing(BeltGeometry belt) {
        int millimetres = itemSpacingMillimetres == null ? ITEM_SPACING_MILLIMETRES : itemSpacingMillimetres;
        return Duration.ofNanos(Math.round(millimetres / belt.speedMetresPerSecond() * 1e6));
    }

    private static void check(String what, @Nullable Long value, long least, long most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException(what + " is " + value + ": must be from " + least + " to " + most);
        }
    }
}
