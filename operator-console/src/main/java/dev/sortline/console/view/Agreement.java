// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import java.util.List;

/**
 * How often the line's second model names the label that the first does.
 *
 * @param compared items of which both have spoken
 * @param agree those of which both say the same
 * @param byLabel what the two said, the most frequent first
 */
public record Agreement(long compared, long agree, List<Pair> byLabel) {
    /**
     * Two words on an item.
     *
     * @param label the first model's
     * @param shadow the second model's
     * @param count how often
     */
    public record Pair(String label, String shadow, long count) {}
}
