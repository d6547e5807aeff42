// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * From when on a camera's pictures are told of. What is absent has its default. Each setting is described where it is declared;
 * docs/line-file.md is made of that.
 */
@JsonClassDescription(
        "From when on a camera's pictures are told of; they are looked at about once a second. Frames go on all the same.")
public record SightSettings(
        @JsonPropertyDescription(
                        "a picture of which a larger part is black is dark, from 0 to 1; 1 for never, as for items on a black belt")
                @JsonProperty(defaultValue = "" + DARK_SHARE)
                @Min(0) @Max(1) @Nullable Double darkShare,
        @JsonPropertyDescription(
                        "a picture of which a larger part is white is blown out, from 0 to 1; 1 for never, as over a light table")
                @JsonProperty(defaultValue = "" + BLOWN_OUT_SHARE)
                @Min(0) @Max(1) @Nullable Double blownOutShare,
        @JsonPropertyDescription(
                        "a picture that has less than this part of the camera's usual sharpness is blurred, from 0 to 1; 0 for never")
                @JsonProperty(defaultValue = "" + BLURRED_BELOW)
                @Min(0) @Max(1) @Nullable Double blurredBelow,
        @JsonPropertyDescription("after how many looks in a row that are dark or blown out it is told")
                @JsonProperty(defaultValue = "" + LIGHT_LOOKS)
                @Min(1) @Max(MOST_LOOKS) @Nullable Integer lightLooks,
        @JsonPropertyDescription("after how many blurred looks in a row it is told")
                @JsonProperty(defaultValue = "" + BLURRED_LOOKS)
                @Min(1) @Max(MOST_LOOKS) @Nullable Integer blurredLooks,
        @JsonPropertyDescription("after how many looks in a row at the very same picture it is told; at least 2")
                @JsonProperty(defaultValue = "" + FROZEN_LOOKS)
                @Min(2) @Max(MOST_LOOKS) @Nullable Integer frozenLooks) {
    /** What suits most cameras. */
    public static final SightSettings DEFAULT = new SightSettings(null, null, null, null, null, null);

    private static final double DARK_SHARE = 0.98;
    private static final double BLOWN_OUT_SHARE = 0.6;
    private static final double BLURRED_BELOW = 0.33;
    private static final int LIGHT_LOOKS = 3;
    private static final int BLURRED_LOOKS = 10;
    private static final int FROZEN_LOOKS = 5;
    private static final int MOST_LOOKS = 3_600;

    public SightSettings {
        check("darkShare", darkShare);
        check("blownOutShare", blownOutShare);
        check("blurredBelow", blurredBelow);
        check("lightLooks", lightLooks, 1);
        check("blurredLooks", blurredLooks, 1);
        check("frozenLooks", frozenLooks, 2);
    }

    double dark() {
        return darkShare == null ? DARK_SHARE : darkShare;
    }

    double blownOut() {
        return blownOutShare == null ? BLOWN_OUT_SHARE : blownOutShare;
    }

    double blurred() {
        return blurredBelow == null ? BLURRED_BELOW : blurredBelow;
    }

    int looksAtLight() {
        return lightLooks == null ? LIGHT_LOOKS : lightLooks;
    }

    int looksAtBlur() {
        return blurredLooks == null ? BLURRED_LOOKS : blurredLooks;
    }

    int looksAtTheSame() {
        return frozenLooks == null ? FROZEN_LOOKS : frozenLooks;
    }

    private static void check(String what, @Nullable Double value) {
        if (value != null && !(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("%s is %s: must be from 0 to 1".formatted(what, value));
        }
    }

    private static void check(String what, @Nullable Integer value, int least) {
        if (value != null && (value < least || value > MOST_LOOKS)) {
            throw new IllegalArgumentException(
                    "%s is %d: must be from %d to %d".formatted(what, value, least, MOST_LOOKS));
        }
    }
}
