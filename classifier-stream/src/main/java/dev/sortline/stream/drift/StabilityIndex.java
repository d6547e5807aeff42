// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.drift;

import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The population stability index: how far shares are from what they were. Below 0.1 nothing has changed, above 0.25 much has (Siddiqi,
 * "Credit Risk Scorecards", 2006).
 */
public final class StabilityIndex {
    /** A share that is less counts as so much: a label that was never seen would make any other share infinitely far. */
    public static final double LEAST_SHARE = 0.001;

    private StabilityIndex() {}

    /**
     * The sum over the labels of {@code (now - then) * ln(now / then)}.
     *
     * @param labels of which there are shares
     * @param now share of a label now, 0..1; not a number where it is not known
     * @param then shares as they were, 0..1; 0 of a label that is not there
     * @return at least 0; not a number where a share is none
     */
    public static double of(List<String> labels, ToDoubleFunction<String> now, Map<String, Double> then) {
        double index = 0;
        for (String label : labels) {
            double current = Math.max(LEAST_SHARE, now.applyAsDouble(label));
            double before = Math.max(LEAST_SHARE, then.getOrDefault(label, 0.0));
            index += (current - before) * Math.log(current / before);
        }
        return index;
    }
}
