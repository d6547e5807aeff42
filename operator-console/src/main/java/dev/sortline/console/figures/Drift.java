// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the model answered of late, beside what it was measured at.
 *
 * @param since the time from which on answers are counted
 * @param items how many items were classified since then
 * @param labels each label of the model, in its order
 * @param confidence mean probability of the most probable label
 */
public record Drift(Instant since, long items, List<LabelShare> labels, Confidence confidence) {
    public Drift {
        labels = List.copyOf(labels);
    }

    /**
     * How often a label was the most probable one.
     *
     * @param label the label
     * @param now share of the items, 0..1; 0 where there were none
     * @param expected share to be expected, 0..1; {@code null} where nobody has told one
     */
    public record LabelShare(String label, double now, @Nullable Double expected) {}

    /**
     * How sure the model was.
     *
     * @param now 0..1; {@code null} without an item
     * @param expected 0..1, as on the pictures that it was measured on; {@code null} where it was not
     */
    public record Confidence(@Nullable Double now, @Nullable Double expected) {}
}
