// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.item.Ballot;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.ItemDecision;
import dev.sortline.stream.item.ItemName;
import dev.sortline.stream.item.ItemVote;
import dev.sortline.stream.review.Picture;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.TimestampedKeyValueStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;

/**
 * Decides an item at its first frame, publishes its one event and counts each frame's fate.
 *
 * <p>Which items are decided is remembered for those whose frames carry an item id, as only they can have several. The
 * deciding frame is remembered with it: after a crash that frame comes again, and its event, which may not have got out,
 * is published again under the same id.
 */
final class ItemRouting extends ContextualProcessor<String, FrameReading, String, RoutingEvent> {
    /** Name of the store of decided items: line and item to the deciding frame, with the time of the decision. */
    static final String DECIDED_ITEMS = "decided-items";

    /** How long frames of a decided item may still come: longer than the frames topic keeps them. */
    private static final Duration REMEMBERED = Duration.ofMinutes(15);

    private static final Duration FORGOTTEN_EVERY = Duration.ofMinutes(1);

    private final ItemDecision decision;
    private final Beside beside;
    private final LineMetrics metrics;
    private TimestampedKeyValueStore<String, String> decidedItems;

    ItemRouting(ItemDecision decision, Beside beside, LineMetrics metrics) {
        this.decision = decision;
        this.beside = beside;
        this.metrics = metrics;
    }

    static StoreBuilder<TimestampedKeyValueStore<String, String>> store() {
        return Stores.timestampedKeyValueStoreBuilder(
                Stores.inMemoryKeyValueStore(DECIDED_ITEMS), Serdes.String(), Serdes.String());
    }

    @Override
    public void init(ProcessorContext<String, RoutingEvent> context) {
        super.init(context);
        decidedItems = context.getStateStore(DECIDED_ITEMS);
        context.schedule(FORGOTTEN_EVERY, PunctuationType.WALL_CLOCK_TIME, this::forget);
    }

    @Override
    public void process(Record<String, FrameReading> message) {
        Frame frame = message.value().taken().frame();
        var vote = new ItemVote(nameOf(message.value().taken()), List.of(Ballot.of(message.value())));
        var event = decision.decide(message.value().taken().line(), vote);
        event.filter(made -> decides(frame, made)).ifPresent(made -> publish(message, made));
        // Last of all: should a step before fail, the frame has the fate of one that failed, and no second one.
        metrics.count(
                frame.lineId(), event.map(made -> FrameFate.of(made.decision())).orElse(FrameFate.EMPTY));
    }

    private boolean decides(Frame frame, RoutingEvent event) {
        if (frame.itemId() == null) {
            return true;
        }
        String first = deciding(frame, event.itemId());
        var decided = decidedItems.get(key(frame));
        if (decided != null && event.itemId().equals(frame.itemId())) {
            return decided.value().equals(first);
        }
        decidedItems.put(
                key(frame), ValueAndTimestamp.make(first, event.decidedAt().toEpochMilli()));
        return true;
    }

    private String nameOf(TakenFrame taken) {
        Frame frame = taken.frame();
        var decided = frame.itemId() == null ? null : decidedItems.get(key(frame));
        if (decided == null) {
            return frame.item();
        }
        String anew = ItemName.ofUsedAgain(frame);
        boolean readAgain = decided.value().equals(deciding(frame, anew));
        return readAgain || ItemName.isUsedAgain(taken, Instant.ofEpochMilli(decided.timestamp()))
                ? anew
                : frame.item();
    }

    private static String key(Frame frame) {
        return frame.lineId() + "/" + frame.itemId();
    }

    /** The frame that decides an item, and the item's name where it is not its id. */
    private static String deciding(Frame frame, String name) {
        return name.equals(frame.itemId()) ? frame.id() : frame.id() + " " + name;
    }

    private void publish(Record<String, FrameReading> message, RoutingEvent event) {
        metrics.publishes(event);
        // The frame's headers are its own; the event gets those of its envelope when it is serialised.
        var headers = new RecordHeaders();
        beside.tracing().decided(event, headers);
        context().forward(new Record<>(message.key(), event, event.decidedAt().toEpochMilli(), headers));
        metrics.record(event);
        beside.reviews().decided(event, Picture.of(message.value().taken().frame()));
    }

    private void forget(long now) {
        long horizon = now - REMEMBERED.toMillis();
        try (var decided = decidedItems.all()) {
            decided.forEachRemaining(item -> {
                if (item.value.timestamp() < horizon) {
                    decidedItems.delete(item.key);
                }
            });
        }
    }
}
