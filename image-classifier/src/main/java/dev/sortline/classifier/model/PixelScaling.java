// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The range that a network wants its pixel values in: {@code value * multiplier + offset} of a value 0..255. */
public enum PixelScaling {
    /** MobileNetV2, InceptionV3, Xception as Keras trains them: {@code value / 127.5 - 1}. */
    @JsonProperty("-1..1")
    MINUS_ONE_TO_ONE("-1..1", 1 / 127.5f, -1),
    /** Many networks of one's own: {@code value / 255}. */
    @JsonProperty("0..1")
    ZERO_TO_ONE("0..1", 1 / 255f, 0),
    /** Networks that scale for themselves, such as Keras' MobileNetV3: 0..255 as they are. */
    @JsonProperty("none")
    NONE("none", 1, 0);

    private final String range;
    private final float multiplier;
    private final float offset;

    PixelScaling(String range, float multiplier, float offset) {
        this.range = range;
        this.multiplier = multiplier;
        this.offset = offset;
    }

    public float multiplier() {
        return multiplier;
    }

    public float offset() {
        return offset;
    }

    /** As the manifest writes it. */
    @Override
    public String toString() {
        return range;
    }
}
