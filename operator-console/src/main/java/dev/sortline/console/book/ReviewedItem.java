// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An item that a person shall look at, without its picture.
 *
 * @param line the sorting line
 * @param item the item on it
 * @param cause why a person shall look
 * @param decidedAt when it was decided
 * @param label the most probable label of its fraction; {@code null} when it was not classified
 * @param fraction its most probable fraction; {@code null} when it was not classified
 * @param confidence calibrated probability of the fraction, 0..1; {@code null} when it was not classified
 * @param gap {@code confidence} less the probability of the next fraction, 0..1; {@code null} when it was not classified
 * @param probabilities calibrated probability of its {@value #MOST_LABELS} most probable labels, in the model's order
 * @param lane the lane to which it was sent
 * @param reason why it was not sorted; {@code null} when it was
 * @param plan name of the sorting plan that decided
 * @param picture where its picture lies in the topic of reviews
 */
public record ReviewedItem(
        String line,
        String item,
        ReviewRequest.Cause cause,
        Instant decidedAt,
        @Nullable String label,
        @Nullable String fraction,
        @Nullable Double confidence,
        @Nullable Double gap,
        Map<String, Double> probabilities,
        String lane,
        @Nullable String reason,
        String plan,
        Place picture) {
    /** More labels than these tell a person nothing. */
    static final int MOST_LABELS = 64;

    /**
     * Where a record lies in its topic.
     *
     * @param partition 0 or more
     * @param offset 0 or more
     */
    public record Place(int partition, long offset) {
        public Place {
            if (partition < 0 || offset < 0) {
                throw new IllegalArgumentException(
                        "partition is %d and offset is %d: both must be at least 0".formatted(partition, offset));
            }
        }
    }

    /** What a request asks for. */
    public static ReviewedItem of(ReviewRequest request, Place picture) {
        RoutingEvent event = request.event();
        return new ReviewedItem(
                event.lineId(),
                event.itemId(),
                request.cause(),
                event.decidedAt(),
                event.label(),
                event.fraction(),
                event.confidence(),
                event.gap(),
                mostProbable(event.probabilities()),
                event.lane(),
                event.reason(),
                event.plan(),
                picture);
    }

    /** By which its label is found. */
    public String key() {
        return ItemLabel.key(line, item);
    }

    ReviewedItem withPictureAt(Place place) {
        return new ReviewedItem(
                line,
                item,
                cause,
                decidedAt,
                label,
                fraction,
                confidence,
                gap,
                probabilities,
                lane,
                reason,
                plan,
                place);
    }

    private static Map<String, Double> mostProbable(Map<String, Double> probabilities) {
        if (probabilities.size() <= MOST_LABELS) {
            return probabilities;
        }
        Map<String, Double> most = new LinkedHashMap<>();
        probabilities.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .limit(MOST_LABELS)
                .forEach(each -> most.put(each.getKey(), each.getValue()));
        Map<String, Double> inOrder = new LinkedHashMap<>(probabilities);
        inOrder.keySet().retainAll(most.keySet());
        return Collections.unmodifiableMap(inOrder);
    }
}
