// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.review;

import dev.sortline.console.book.ReviewedItem;
import dev.sortline.console.book.SampledPurity;
import dev.sortline.sorting.SortingPlan;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the page shows of the book.
 *
 * @param open how many items nobody has looked at yet
 * @param items the oldest of them
 * @param said of how many somebody has said what they are
 * @param purity how often the line was right where it was sure; {@code null} where nobody knows
 */
record ReviewList(int open, List<Card> items, int said, @Nullable SampledPurity purity) {
    /** An item as the page shows it; see {@link ReviewedItem}. */
    record Card(
            String line,
            String item,
            String cause,
            Instant decidedAt,
            @Nullable String label,
            @Nullable String fraction,
            @Nullable Double confidence,
            @Nullable Double gap,
            boolean unfamiliar,
            Map<String, Double> probabilities,
            @Nullable String reason,
            String plan,
            String image) {
        static Card of(ReviewedItem item) {
            return new Card(
                    item.line(),
                    item.item(),
                    item.cause().name().toLowerCase(Locale.ROOT),
                    item.decidedAt(),
                    item.label(),
                    item.fraction(),
                    item.confidence(),
                    item.gap(),
                    SortingPlan.isUnfamiliar(item.reason()),
                    item.probabilities(),
                    item.reason(),
                    item.plan(),
                    "/api/reviews/%s/%s/image".formatted(item.line(), item.item()));
        }
    }
}
