// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.sorting.SortingPlan;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The items that a person shall look at, and the last word on each. An item is open until somebody has said what it is; a word may also come
 * before its item. Of more than {@value #MOST_ITEMS} items the oldest open ones fall out, or the oldest at all where none is open. Safe for use by
 * several threads.
 */
public final class ReviewBook {
    /** More than a person looks at in a month. */
    public static final int MOST_ITEMS = 10_000;

    /** Words outlive their items in the topic; so many of the last are enough for all items that may be here. */
    static final int MOST_WORDS = 4 * MOST_ITEMS;

    private static final Comparator<ReviewedItem> OLDEST_FIRST =
            Comparator.comparing(ReviewedItem::decidedAt).thenComparing(ReviewedItem::key);

    private final Map<String, ReviewedItem> items = new HashMap<>();
    private final NavigableSet<ReviewedItem> open = new TreeSet<>(OLDEST_FIRST);
    private final NavigableSet<ReviewedItem> said = new TreeSet<>(OLDEST_FIRST);
    private final Map<String, Word> words = new HashMap<>();
    private final NavigableSet<Word> oldestWords =
            new TreeSet<>(Comparator.comparing(Word::at).thenComparing(Word::key));
    private long fallenOut;

    /**
     * What was said of an item.
     *
     * @param key the item's
     * @param label what was said; {@code null} where it was taken back
     * @param offset where it stands among the words on this item: the higher one is the later
     * @param at when
     */
    public record Word(String key, @Nullable ItemLabel label, long offset, Instant at) {}

    /** Takes an item up. One that is asked for again stays what it was, but its picture is looked for where it was last. */
    public synchronized void ask(ReviewedItem item) {
        ReviewedItem known = items.get(item.key());
        if (known == null) {
            items.put(item.key(), item);
            pileOf(item.key()).add(item);
            makeRoom();
        } else {
            ReviewedItem moved = known.withPictureAt(item.picture());
            items.put(item.key(), moved);
            NavigableSet<ReviewedItem> pile = pileOf(item.key());
            pile.remove(known);
            pile.add(moved);
        }
    }

    /** Takes a word, unless a later one on the same item is known. */
    public synchronized void hear(Word word) {
        Word before = words.get(word.key());
        if (before != null && before.offset() > word.offset()) {
            return;
        }
        ReviewedItem item = items.get(word.key());
        if (item != null) {
            pileOf(word.key()).remove(item);
        }
        if (before != null) {
            oldestWords.remove(before);
        }
        words.put(word.key(), word);
        oldestWords.add(word);
        if (item != null) {
            pileOf(word.key()).add(item);
        }
        forgetWords();
    }

    /** An item that is here, open or not. */
    public synchronized Optional<ReviewedItem> find(String line, String item) {
        return Optional.ofNullable(items.get(ItemLabel.key(line, item)));
    }

    /** The open items, the oldest first, at most {@code limit}. */
    public synchronized List<ReviewedItem> open(int limit) {
        return open.stream().limit(limit).toList();
    }

    /** How many items are open. */
    public synchronized int openCount() {
        return open.size();
    }

    /** Of how many items that are here somebody has said what they are. */
    public synchronized int saidCount() {
        return said.size();
    }

    /** How many items have fallen out because there were too many. */
    public synchronized long fallenOut() {
        return fallenOut;
    }

    /**
     * How often the line was right where it was sure: of the items drawn for that, those of which somebody said a label of the fraction that
     * they were sorted into. One that shows several items, or nothing, was not right.
     *
     * @param plans the plan of each line; of others nobody knows
     * @return {@code null} where nobody has looked at any
     */
    public synchronized @Nullable SampledPurity purity(Map<String, SortingPlan> plans) {
        long right = 0;
        long all = 0;
        for (ReviewedItem item : said) {
            SortingPlan plan = plans.get(item.line());
            if (item.cause() == ReviewRequest.Cause.SAMPLE && plan != null) {
                all++;
                right += isRight(item, plan) ? 1 : 0;
            }
        }
        return SampledPurity.of(right, all);
    }

    /**
     * The answers that somebody has checked, and how many there are of each. An item counts once, by the last word on it; what was taken back
     * counts no longer. What is right is as in {@link #purity}.
     *
     * @param since items that were decided before that are not counted
     * @param plans the plan of each line; items of others are not counted
     */
    public synchronized Map<CheckedAnswer, Long> checked(Instant since, Map<String, SortingPlan> plans) {
        Map<CheckedAnswer, Long> counts = new HashMap<>();
        for (ReviewedItem item : said) {
            SortingPlan plan = plans.get(item.line());
            if (plan != null && !item.decidedAt().isBefore(since)) {
                counts.merge(
                        new CheckedAnswer(item.line(), item.cause(), item.label(), item.lane(), isRight(item, plan)),
                        1L,
                        Long::sum);
            }
        }
        return counts;
    }

    private boolean isRight(ReviewedItem item, SortingPlan plan) {
        Word word = words.get(item.key());
        String label =
                word == null || word.label() == null ? null : word.label().label();
        return label != null
                && !label.equals(SortingPlan.EMPTY_BELT)
                && plan.fractionOf(label).equals(item.fraction());
    }

    private NavigableSet<ReviewedItem> pileOf(String key) {
        Word word = words.get(key);
        return word == null || word.label() == null ? open : said;
    }

    private void makeRoom() {
        if (items.size() > MOST_ITEMS) {
            ReviewedItem oldest = (open.isEmpty() ? said : open).pollFirst();
            if (oldest != null) {
                items.remove(oldest.key());
                fallenOut++;
            }
        }
    }

    private void forgetWords() {
        while (words.size() > MOST_WORDS) {
            Word oldest = oldestWords.pollFirst();
            if (oldest == null) {
                return;
            }
            ReviewedItem item = items.get(oldest.key());
            if (item != null) {
                pileOf(oldest.key()).remove(item);
            }
            words.remove(oldest.key());
            if (item != null) {
                open.add(item);
            }
        }
    }
}
