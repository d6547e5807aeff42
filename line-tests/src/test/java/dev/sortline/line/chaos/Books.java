// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import dev.sortline.contract.DeadLetter;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameDeserializer;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.ShotItems;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.TopicReader;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.assertj.core.api.SoftAssertions;

/** What all four topics say of the frames of a line: what came, what was decided, what was set aside, what became of the items. */
final class Books implements AutoCloseable {
    /** Its place in the topic. */
    private record Place(int partition, long offset) {}

    private final Map<Place, String> frames = new ConcurrentHashMap<>();
    private final Queue<Place> setAside = new ConcurrentLinkedQueue<>();
    private final TopicReader<Frame> frameReader;
    private final TopicReader<byte[]> deadLetterReader;
    private final TopicLog<RoutingEvent> events;
    private final TopicLog<ItemOutcome> outcomes;

    Books(Broker broker) {
        frameReader = TopicReader.fromItsBeginning(
                broker.clientProperties(),
                Topic.FRAMES.topicName(),
                new FrameDeserializer(),
                (message, at) -> frames.put(
                        new Place(message.partition(), message.offset()),
                        message.value().id()));
        deadLetterReader = TopicReader.fromItsBeginning(
                broker.clientProperties(),
                Topic.DEAD_LETTERS.topicName(),
                new ByteArrayDeserializer(),
                (message, at) -> {
                    var letter = DeadLetter.readFrom(message.headers());
                    setAside.add(new Place(letter.partition(), letter.offset()));
                });
        events = new TopicLog<>(broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
        outcomes = new TopicLog<>(broker, Topic.OUTCOMES.topicName(), new ItemOutcomeSerde().deserializer());
    }

    /** Each frame has one fate, and no shot is wrong, comes twice or was denied. */
    void mustBalance(SoftAssertions all, ShotItems shots) {
        all.assertThat(twice()).as("twice in the topic").isZero();
        all.assertThat(unbalanced()).as("without a fate").isEmpty();
        all.assertThat(inSeveralItems()).as("in several items").isEmpty();
        all.assertThat(shots.wrong()).as("wrong shots").isEmpty();
        all.assertThat(toldFired())
                .as("told to be fired")
                .doesNotHaveDuplicates()
                .isSubsetOf(shots.shotItems());
        all.assertThat(deniedShots(shots.shotItems()))
                .as("shots that were denied")
                .isEmpty();
    }

    /** Records of the topic of frames. */
    int frames() {
        return frames.size();
    }

    /** Those of a line. */
    int framesOf(String line) {
        return (int)
                frames.values().stream().filter(id -> id.startsWith(line + "/")).count();
    }

    /** In the order of each line's log. */
    List<RoutingEvent> events() {
        return events.values();
    }

    int setAside() {
        return setAside.size();
    }

    /** Frames that are in the topic more than once. */
    int twice() {
        return frames.size() - new HashSet<>(frames.values()).size();
    }

    /** Frames that were neither decided nor set aside, and such as nobody sent but somebody decided. */
    Set<String> unbalanced() {
        Set<String> answered = setAside.stream()
                .map(frames::get)
                .map(id -> id == null ? "set aside, but not in the topic" : id)
                .collect(Collectors.toSet());
        events().forEach(event -> answered.addAll(event.frameIds()));
        Set<String> given = new HashSet<>(frames.values());
        Set<String> unbalanced = new HashSet<>(given);
        unbalanced.removeAll(answered);
        answered.removeAll(given);
        unbalanced.addAll(answered);
        return unbalanced;
    }

    /** Frames that stand in events of several items. */
    List<String> inSeveralItems() {
        Map<String, Set<String>> itemsOfFrame = new TreeMap<>();
        events().forEach(event -> event.frameIds().forEach(frame -> itemsOfFrame
                .computeIfAbsent(frame, unused -> new HashSet<>())
                .add(event.id())));
        return itemsOfFrame.entrySet().stream()
                .filter(items -> items.getValue().size() > 1)
                .map(items -> items.getKey() + " in " + items.getValue())
                .toList();
    }

    /** How many items had each fate, as was told. */
    Map<String, Long> fates() {
        return outcomes().values().stream()
                .collect(Collectors.groupingBy(ItemOutcome::fate, TreeMap::new, Collectors.counting()));
    }

    /** Items that were told to have been fired. */
    List<String> toldFired() {
        return outcomes().values().stream()
                .filter(outcome -> outcome.fate().equals("fired"))
                .map(Books::item)
                .toList();
    }

    /** What was told of items that were shot, where nobody told that they were: item, fate and who told it. */
    List<String> deniedShots(Set<String> shotItems) {
        Set<String> fired = Set.copyOf(toldFired());
        return outcomes().values().stream()
                .filter(outcome -> shotItems.contains(item(outcome)) && !fired.contains(item(outcome)))
                .map(outcome -> "%s %s at %s by %s"
                        .formatted(item(outcome), outcome.fate(), outcome.settledAt(), outcome.instance()))
                .toList();
    }

    /** By their ids: what a gateway is not sure to have told, it tells again under the same one. */
    private Map<String, ItemOutcome> outcomes() {
        Map<String, ItemOutcome> byId = new LinkedHashMap<>();
        outcomes.values().forEach(outcome -> byId.putIfAbsent(outcome.id(), outcome));
        return byId;
    }

    private static String item(ItemOutcome outcome) {
        return outcome.lineId() + "/" + outcome.itemId();
    }

    @Override
    public void close() {
        outcomes.close();
        events.close();
        deadLetterReader.close();
        frameReader.close();
    }
}
