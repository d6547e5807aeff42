// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.item.CameraRun;
import dev.sortline.stream.item.ItemVote;
import dev.sortline.stream.topology.KeptItem.Decided;
import dev.sortline.stream.topology.KeptItem.Open;
import dev.sortline.stream.topology.KeptItem.Run;
import dev.sortline.stream.topology.KeptItem.UsedAgain;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.jspecify.annotations.Nullable;

/**
 * The votes of a partition's lines: open ones, decided ones, and what free-running cameras saw last. All of it is in one store, so that
 * after a crash it is as it was at one moment. What is looked at often is also held as objects.
 */
final class VoteBook {
    /** Name of the store. */
    static final String STORE = "item-votes";

    /** How long frames of a decided item may still come: longer than the frames topic keeps them. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    /** After this an event has certainly got out: several commits lie between, and each waits for all that was sent. */
    private static final Duration CONFIRMED_WITHIN = Duration.ofSeconds(2);

    private final KeyValueStore<String, KeptItem> store;
    private final Map<String, Open> open = new LinkedHashMap<>();
    private final Deque<Entry> unconfirmed = new ArrayDeque<>();
    private final Deque<Entry> decided = new ArrayDeque<>();

    private record Entry(String key, Instant at) {}

    static StoreBuilder<KeyValueStore<String, KeptItem>> store() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(STORE), Serdes.String(), new KeptItemSerde());
    }

    /** Reads up what the store has, at {@code now}. */
    VoteBook(KeyValueStore<String, KeptItem> store, Instant now) {
        this.store = store;
        List<Entry> read = new ArrayList<>();
        try (var all = store.all()) {
            all.forEachRemaining(kept -> {
                if (kept.value instanceof Open voting) {
                    open.put(kept.key, voting);
                } else if (kept.value instanceof UsedAgain again) {
                    read.add(new Entry(kept.key, again.at()));
                } else if (kept.value instanceof Decided item) {
                    read.add(new Entry(kept.key, item.at()));
                    if (item.unconfirmed() != null) {
                        unconfirmed.add(new Entry(kept.key, now));
                    }
                }
            });
        }
        read.sort(Comparator.comparing(Entry::at));
        decided.addAll(read);
    }

    /** The open votes as they are now, the oldest first. */
    List<Open> open() {
        return List.copyOf(open.values());
    }

    Optional<ItemVote> open(String lineId, String itemId) {
        return Optional.ofNullable(open.get(key(lineId, itemId))).map(Open::vote);
    }

    Optional<Decided> decided(String lineId, String itemId) {
        return store.get(key(lineId, itemId)) instanceof Decided item ? Optional.of(item) : Optional.empty();
    }

    void goesOn(String lineId, ItemVote vote) {
        var voting = new Open(lineId, vote);
        open.put(key(lineId, vote.itemId()), voting);
        store.put(key(lineId, vote.itemId()), voting);
    }

    void decide(String lineId, String itemId, Decided item) {
        String key = key(lineId, itemId);
        store.put(key, item);
        decided.add(new Entry(key, item.at()));
        if (item.unconfirmed() != null) {
            unconfirmed.add(new Entry(key, item.at()));
        }
    }

    /** Takes no further frames for an item, which is about to be decided. */
    void close(String lineId, String itemId) {
        open.remove(key(lineId, itemId));
    }

    /** Forgets a vote that nobody can decide any more. */
    void drop(String lineId, String itemId) {
        close(lineId, itemId);
        store.delete(key(lineId, itemId));
    }

    /** The item that has an id now that was another's before. */
    Optional<UsedAgain> usedAgain(String lineId, String itemId) {
        return store.get(againKey(lineId, itemId)) instanceof UsedAgain again ? Optional.of(again) : Optional.empty();
    }

    void put(String lineId, String itemId, UsedAgain again) {
        store.put(againKey(lineId, itemId), again);
        decided.add(new Entry(againKey(lineId, itemId), again.at()));
    }

    Optional<CameraRun> run(String lineId, String cameraId) {
        return store.get(runKey(lineId, cameraId)) instanceof Run kept ? Optional.of(kept.run()) : Optional.empty();
    }

    void put(String lineId, String cameraId, CameraRun run) {
        store.put(runKey(lineId, cameraId), new Run(run));
    }

    /** The events of which it is not certain that they got out. */
    List<RoutingEvent> unconfirmed() {
        return unconfirmed.stream()
                .flatMap(entry -> store.get(entry.key()) instanceof Decided item
                        ? Stream.ofNullable(item.unconfirmed())
                        : Stream.empty())
                .toList();
    }

    /** Lets go of events that have got out, and of items of which no frame can come any more. */
    void tidy(Instant now) {
        Entry entry;
        while ((entry = headBefore(unconfirmed, now.minus(CONFIRMED_WITHIN))) != null) {
            if (store.get(entry.key()) instanceof Decided item) {
                store.put(entry.key(), item.confirmed());
            }
        }
        while ((entry = headBefore(decided, now.minus(REMEMBERED))) != null) {
            boolean usedSince = store.get(entry.key()) instanceof UsedAgain again
                    && again.at().isAfter(entry.at());
            if (!usedSince) {
                store.delete(entry.key());
            }
        }
    }

    private static @Nullable Entry headBefore(Deque<Entry> entries, Instant horizon) {
        Entry head = entries.peek();
        return head != null && head.at().isBefore(horizon) ? entries.poll() : null;
    }

    private static String key(String lineId, String itemId) {
        return lineId + "/" + itemId;
    }

    private static String againKey(String lineId, String itemId) {
        return lineId + "///" + itemId;
    }

    private static String runKey(String lineId, String cameraId) {
        return lineId + "//" + cameraId;
    }
}
