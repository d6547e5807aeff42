// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import dev.sortline.camera.picture.Picture;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The pictures of a camera that wait for room at Kafka. Of those that are no item's only the newest waits. Those of items wait for each other,
 * for somebody may have been told that the item was taken: up to {@value #MOST_OF_ITEMS}, together no larger than the largest picture; beyond
 * it one goes of an item of which another waits, else the oldest. None waits for longer than {@link #FRESH}. Pure; for one thread at a time.
 */
final class WaitingPictures {
    /** More than come before a camera while the cluster takes a breath. */
    static final int MOST_OF_ITEMS = 8;

    /** What has waited for longer shows an item that is gone. */
    static final Duration FRESH = Duration.ofSeconds(2);

    private final List<Waiting> waiting = new ArrayList<>();

    /** A picture, and since when it waits by a clock that only moves forward. */
    record Waiting(ChosenPicture chosen, long sinceNanos) {
        boolean isFresh(long nanos) {
            return nanos - sinceNanos <= FRESH.toNanos();
        }

        private @Nullable String item() {
            return chosen.of().itemId();
        }

        private int bytes() {
            return chosen.picture().bytes().length;
        }
    }

    /** Adds one, and gives those that go for it. */
    List<ChosenPicture> put(ChosenPicture chosen, long nanos) {
        List<ChosenPicture> dropped = dropStale(nanos);
        var added = new Waiting(chosen, nanos);
        if (added.item() == null) {
            drop(dropped, each -> each.item() == null);
        }
        waiting.add(added);
        while (waiting.size() > MOST_OF_ITEMS
                || (waiting.size() > 1
                        && waiting.stream().mapToInt(Waiting::bytes).sum() > Picture.MAX_BYTES)) {
            dropped.add(waiting.remove(leastMissed()).chosen());
        }
        return dropped;
    }

    /** The next to be sent, the one that came first; null when none waits. */
    @Nullable Waiting take() {
        return waiting.isEmpty() ? null : waiting.remove(0);
    }

    /** Whether a newer picture has come in place of one that was taken. */
    boolean isOvertaken(Waiting taken) {
        return taken.item() == null && waiting.stream().anyMatch(each -> each.item() == null);
    }

    /** Gives up those that have waited for too long. */
    List<ChosenPicture> dropStale(long nanos) {
        List<ChosenPicture> dropped = new ArrayList<>();
        drop(dropped, each -> !each.isFresh(nanos));
        return dropped;
    }

    /** Gives up all. */
    List<ChosenPicture> dropAll() {
        List<ChosenPicture> dropped = new ArrayList<>();
        drop(dropped, each -> true);
        return dropped;
    }

    private void drop(List<ChosenPicture> into, Predicate<Waiting> which) {
        for (Iterator<Waiting> each = waiting.iterator(); each.hasNext(); ) {
            Waiting candidate = each.next();
            if (which.test(candidate)) {
                each.remove();
                into.add(candidate.chosen());
            }
        }
    }

    /** Never the last: that is the newest. */
    private int leastMissed() {
        for (int at = 0; at < waiting.size() - 1; at++) {
            String item = waiting.get(at).item();
            if (item == null
                    || waiting.stream().filter(each -> item.equals(each.item())).count() > 1) {
                return at;
            }
        }
        return 0;
    }
}
