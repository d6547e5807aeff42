// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.RoutingEvent;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A line's last items with their outcomes and pictures, and which of them are news. */
final class RecentItems {
    /** So many are shown. */
    static final int MOST = 60;

    /** So many pictures are known of: those of the items that are shown, where each has one. */
    static final int MOST_PICTURES = 64;

    /** By so many is a repeat recognised: those of a minute at 60 items a second. A crash repeats those of two seconds. */
    private static final int REMEMBERED = 4096;

    /** Topics are read side by side, so an outcome may overtake its event. */
    private static final int EARLY_OUTCOMES = 512;

    private static final String FIRED = "fired";

    private final Map<String, Entry> shown = new LinkedHashMap<>();
    private final Set<String> remembered = new LinkedHashSet<>();
    private final Map<String, String> early = new LinkedHashMap<>();
    private final Map<String, SeenFrame> pictures = new LinkedHashMap<>();

    /** Whether the item is new. */
    boolean add(RoutingEvent event) {
        if (!remembered.add(event.itemId())) {
            return false;
        }
        dropOldest(remembered, REMEMBERED);
        var item = SeenItem.of(event, early.remove(event.itemId()), pictureOf(event.frameIds()));
        shown.put(event.itemId(), new Entry(item, event.frameIds()));
        dropOldest(shown.keySet(), MOST);
        return true;
    }

    void settle(ItemOutcome outcome) {
        Entry entry = shown.get(outcome.itemId());
        if (entry == null) {
            if (!remembered.contains(outcome.itemId())) {
                early.put(outcome.itemId(), outcome.fate());
                dropOldest(early.keySet(), EARLY_OUTCOMES);
            }
        } else if (!FIRED.equals(entry.item.outcome())) {
            // Of two gateways the one that has not fired says nothing of what the other did.
            entry.change(entry.item.withOutcome(outcome.fate()));
        }
    }

    void picture(SeenFrame frame) {
        pictures.put(frame.id(), frame);
        if (pictures.size() > MOST_PICTURES) {
            SeenFrame gone = pictures.remove(pictures.keySet().iterator().next());
            if (gone != null) {
                forget(gone.thumb());
            }
        }
        for (Entry entry : shown.values()) {
            if (entry.item.thumb() == null && entry.frames.contains(frame.id())) {
                entry.change(entry.item.withThumb(frame.thumb()));
            }
        }
    }

    /** Those that are new or have changed since it was asked last, the oldest first. */
    List<SeenItem> news() {
        List<SeenItem> news = shown.values().stream()
                .filter(entry -> entry.news)
                .map(entry -> entry.item)
                .toList();
        shown.values().forEach(entry -> entry.news = false);
        return news;
    }

    /** All, the oldest first. */
    List<SeenItem> all() {
        return shown.values().stream().map(entry -> entry.item).toList();
    }

    /** Who has shown it has the picture; who comes later would ask for it in vain. */
    private void forget(String thumb) {
        for (Entry entry : shown.values()) {
            if (thumb.equals(entry.item.thumb())) {
                entry.item = entry.item.withThumb(null);
            }
        }
    }

    private @Nullable String pictureOf(List<String> frames) {
        for (String frame : frames) {
            SeenFrame picture = pictures.get(frame);
            if (picture != null) {
                return picture.thumb();
            }
        }
        return null;
    }

    private static void dropOldest(Set<String> keys, int most) {
        if (keys.size() > most) {
            keys.remove(keys.iterator().next());
        }
    }

    private static final class Entry {
        private final List<String> frames;
        private SeenItem item;
        private boolean news = true;

        Entry(SeenItem item, List<String> frames) {
            this.item = item;
            // A contract's frame id has at most 256 characters, and an item at most 16 frames.
            this.frames = frames.stream()
                    .filter(frame -> frame.length() <= 256)
                    .limit(16)
                    .toList();
        }

        void change(SeenItem changed) {
            item = changed;
            news = true;
        }
    }
}
