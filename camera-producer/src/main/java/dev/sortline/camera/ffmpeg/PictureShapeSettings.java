// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.picture.Region;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How a camera's pictures are changed before they are sent, the entry {@code picture} of one under {@code cameras} of the line file. What is
 * absent is not done; where nothing is asked for the camera's bytes travel untouched. Each setting is described where it is declared.
 */
@JsonClassDescription(
        "How a camera's pictures are changed before they are sent. Where nothing is asked for, the camera's bytes travel untouched.")
public record PictureShapeSettings(
        @JsonPropertyDescription(
                        "longer edge in pixels that pictures are made smaller to, 16 to 16384; they are never made larger")
                @Min(LEAST_EDGE) @Max(MOST_EDGE) @Nullable Integer maxEdge,
        @JsonPropertyDescription("quality of the JPEGs that are made, 1 to 100; " + QUALITY
                        + " when absent. Set alone, each picture is made anew with it")
                @Min(1) @Max(MOST_QUALITY) @Nullable Integer quality,
        @JsonPropertyDescription("part of the picture that is kept, of the picture as the camera gives it") @Nullable Region crop,
        @JsonPropertyDescription("degrees to turn the picture by, clockwise: 0, 90, 180 or 270; 0 when absent")
                @Nullable Integer rotate) {
    private static final int LEAST_EDGE = 16;
    private static final int MOST_EDGE = 16_384;
    private static final int MOST_QUALITY = 100;
    private static final int QUALITY = 90;

    /** The camera's bytes travel untouched. */
    public static final PictureShapeSettings UNTOUCHED = new PictureShapeSettings(null, null, null, null);

    public PictureShapeSettings {
        if (maxEdge != null && (maxEdge < LEAST_EDGE || maxEdge > MOST_EDGE)) {
            throw new IllegalArgumentException(
                    "maxEdge is %d: must be from %d to %d".formatted(maxEdge, LEAST_EDGE, MOST_EDGE));
        }
        if (quality != null && (quality < 1 || quality > MOST_QUALITY)) {
            throw new IllegalArgumentException("quality is %d: must be from 1 to %d".formatted(quality, MOST_QUALITY));
        }
        if (rotate != null && (rotate < 0 || rotate > 270 || rotate % 90 != 0)) {
            throw new IllegalArgumentException("rotate is %d: must be 0, 90, 180 or 270".formatted(rotate));
        }
    }

    int qualityOrDefault() {
        return quality == null ? QUALITY : quality;
    }

    int quarterTurns() {
        return rotate == null ? 0 : rotate / 90;
    }

    Region cropOrWhole() {
        return crop == null ? Region.WHOLE : crop;
    }

    /** Whether pictures of any size stay as they are. */
    boolean isUntouched() {
        return maxEdge == null && leavesSmallOnes();
    }

    /** Whether pictures that are not larger than asked for stay as they are. */
    boolean leavesSmallOnes() {
        return quality == null && quarterTurns() == 0 && cropOrWhole().equals(Region.WHOLE);
    }
}
