// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import org.jspecify.annotations.Nullable;

/**
 * What logits are divided by before the softmax, so that confidences are true (Guo et al., "On Calibration of Modern Neural Networks", 2017): one
 * number where all is familiar, and another where nothing is. In between its inverse goes with familiarity on a straight line, so that the likelihood
 * has one peak over both (after Tomani et al., "Beyond In-Domain Scenarios: Robust Density-Aware Calibration", 2023, where the density of the features
 * decides).
 *
 * @param familiar of pictures as familiar as can be, 0.05..20; 1 where nothing was calibrated
 * @param strange of pictures less familiar than all that the model knows, 0.05..20; the same as {@code familiar} where familiarity does not count
 */
public record Temperature(double familiar, double strange) {
    private static final double LEAST = 0.05;
    private static final double MOST = 20;

    public Temperature {
        require("temperature", familiar);
        require("strangeTemperature", strange);
    }

    /** The same for all pictures. */
    public Temperature(double everywhere) {
        this(everywhere, everywhere);
    }

    /**
     * Of one picture.
     *
     * @param familiarity 0..1; absent where the network does not tell: then it counts as familiar
     */
    public double at(@Nullable Double familiarity) {
        return familiarity == null ? familiar : 1 / (familiarity / familiar + (1 - familiarity) / strange);
    }

    private static void require(String key, double temperature) {
        if (!(temperature >= LEAST && temperature <= MOST)) {
            throw new IllegalArgumentException("%s must be 0.05..20, but is %s".formatted(key, temperature));
        }
    }
}
