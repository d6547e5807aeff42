// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import dev.sortline.console.figures.Share;
import org.jspecify.annotations.Nullable;

/**
 * How often an item that the line was sure of is what the line took it for, told by people of the few that are drawn for that.
 *
 * @param items how many of the drawn items somebody has looked at, at least 1
 * @param right how many of them show one item of the fraction that they were sorted into
 * @param value their share, 0..1
 * @param low where the share of all sure items begins, with 95 %
 * @param high where it ends
 */
public record SampledPurity(long items, long right, double value, double low, double high) {
    /** {@code null} where nobody has looked at any. */
    static @Nullable SampledPurity of(long right, long items) {
        Share share = Share.of(right, items);
        return share == null ? null : new SampledPurity(items, right, share.value(), share.low(), share.high());
    }
}
