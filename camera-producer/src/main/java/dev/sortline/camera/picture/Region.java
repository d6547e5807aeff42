// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.picture;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;

/** A part of a picture, in parts of its width and height, so that it holds for any size. Each setting is described where it is declared. */
@JsonClassDescription("A part of a picture, in parts of its width and height from the top left.")
public record Region(
        @JsonPropertyDescription("left edge, from 0 to 1")
                @JsonProperty(required = true)
                @Min(0) @DecimalMax(value = "1", inclusive = false) double left,
        @JsonPropertyDescription("upper edge, from 0 to 1")
                @JsonProperty(required = true)
                @Min(0) @DecimalMax(value = "1", inclusive = false) double top,
        @JsonPropertyDescription("width, above 0; with left at most 1")
                @JsonProperty(required = true)
                @DecimalMin(value = "0", inclusive = false) @Max(1) double width,
        @JsonPropertyDescription("height, above 0; with top at most 1")
                @JsonProperty(required = true)
                @DecimalMin(value = "0", inclusive = false) @Max(1) double height) {
    /** The whole picture. */
    public static final Region WHOLE = new Region(0, 0, 1, 1);

    public Region {
        check("left", left, "width", width);
        check("top", top, "height", height);
    }

    private static void check(String from, double begin, String size, double length) {
        if (!(begin >= 0 && length > 0 && begin + length <= 1 + 1e-9)) {
            throw new IllegalArgumentException(
                    "%s %s and %s %s: must lie within the picture, from 0 to 1".formatted(from, begin, size, length));
        }
    }
}
