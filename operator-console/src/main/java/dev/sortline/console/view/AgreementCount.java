// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.RoutingEvent;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Compares the most probable labels of a line's two models, item by item, whichever speaks first: each item once, with the second model's
 * first answer on it. Items of which only one spoke, and those without an item on the belt, are not compared. Belongs to one thread at a time.
 */
public final class AgreementCount {
    /** So many items wait for the other model's word: those of half a minute at 128 items a second. */
    static final int WAITING = 4096;

    private static final int MOST_PAIRS = 1024;

    private final Map<Item, String> events = new LinkedHashMap<>();
    private final Map<Item, String> answers = new LinkedHashMap<>();
    private final Map<Item, Boolean> compared = new LinkedHashMap<>();
    private final Map<Pair, Long> pairs = new LinkedHashMap<>();
    private long total;
    private long agree;

    /** What the first model made of an item. */
    public void routed(RoutingEvent event) {
        var item = new Item(event.lineId(), event.itemId());
        mostProbable(event.probabilities()).ifPresent(label -> meet(item, label, events, answers.remove(item)));
    }

    /** What a model said; only the second one's counts. */
    public void answered(FrameAnswer answer) {
        if (answer.shadow()) {
            var item = new Item(answer.lineId(), answer.itemId());
            mostProbable(answer.probabilities()).ifPresent(label -> meet(item, label, answers, events.remove(item)));
        }
    }

    /** What was found so far. */
    public Agreement agreement() {
        var byLabel = pairs.entrySet().stream()
                .map(each -> new Agreement.Pair(each.getKey().label, each.getKey().shadow, each.getValue()))
                .sorted(Comparator.comparingLong(Agreement.Pair::count)
                        .reversed()
                        .thenComparing(Agreement.Pair::label)
                        .thenComparing(Agreement.Pair::shadow))
                .toList();
        return new Agreement(total, agree, byLabel);
    }

    private void meet(Item item, String label, Map<Item, String> own, @Nullable String other) {
        if (compared.containsKey(item)) {
            return;
        }
        if (other == null) {
            own.putIfAbsent(item, label);
            dropOldest(own);
            return;
        }
        compared.put(item, true);
        dropOldest(compared);
        total++;
        agree += label.equals(other) ? 1 : 0;
        var pair = own == events ? new Pair(label, other) : new Pair(other, label);
        if (pairs.size() < MOST_PAIRS || pairs.containsKey(pair)) {
            pairs.merge(pair, 1L, Long::sum);
        }
    }

    private static Optional<String> mostProbable(Map<String, Double> probabilities) {
        return probabilities.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(each -> Words.cut(each.getKey()));
    }

    private static void dropOldest(Map<Item, ?> items) {
        if (items.size() > WAITING) {
            items.remove(items.keySet().iterator().next());
        }
    }

    private record Item(String line, String id) {}

    private record Pair(String label, String shadow) {}
}
