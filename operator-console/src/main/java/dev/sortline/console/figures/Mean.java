// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import org.jspecify.annotations.Nullable;

/** A mean of values that come one by one. */
final class Mean {
    private double sum;
    private long count;

    void add(double value) {
        sum += value;
        count++;
    }

    void add(Mean other) {
        sum += other.sum;
        count += other.count;
    }

    /** {@code null} before the first value. */
    @Nullable Double value() {
        return count == 0 ? null : sum / count;
    }
}
