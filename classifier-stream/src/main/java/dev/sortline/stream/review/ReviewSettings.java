// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import org.jspecify.annotations.Nullable;

/**
 * Which items a person shall look at: {@code reviews} in the line file. What is absent has its default. Each setting is described where it is
 * declared; docs/line-file.md is made of that.
 */
public record ReviewSettings(
        @JsonPropertyDescription(
                        "the share of the sorted items that is drawn to tell how often sure answers are right; items"
                                + " that were not sure enough come besides")
                @JsonProperty(defaultValue = "" + SAMPLE_SHARE)
                @DecimalMin("0") @DecimalMax("1") @Nullable Double sampleShare) {
    /** What suits most lines. */
    public static final ReviewSettings DEFAULT = new ReviewSettings(null);

    private static final double SAMPLE_SHARE = 0.005;

    public ReviewSettings {
        if (sampleShare != null && !(sampleShare >= 0 && sampleShare <= 1)) {
            throw new IllegalArgumentException("sampleShare is " + sampleShare + ": must be from 0 to 1");
        }
    }

    double share() {
        return sampleShare == null ? SAMPLE_SHARE : sampleShare;
    }
}
