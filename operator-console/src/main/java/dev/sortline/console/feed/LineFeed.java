// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.FrameAnswerSerde;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.GatewayStatusSerde;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.trouble.TroubleLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.Deserializer;
import org.slf4j.LoggerFactory;

/**
 * Hands what passes on the cluster to all listeners: events of the last hour and from then on, and what models, gateways and classifiers say
 * from the start on. A record that cannot be read is passed over.
 */
public final class LineFeed implements AutoCloseable {
    /** So far back do listeners hear of events at the start. */
    public static final Duration LOOK_BACK = Duration.ofHours(1);

    /** Half of what the live view takes between two looks. */
    private static final Duration GATHER = Duration.ofMillis(100);

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(LineFeed.class));

    private static final Map<String, Kind<?>> KINDS = Map.of(
            RoutingEvent.TYPE,
            new Kind<>(Topic.ACTUATIONS, new RoutingEventSerde().deserializer(), FeedListener::routed),
            FrameAnswer.TYPE,
            new Kind<>(Topic.ANSWERS, new FrameAnswerSerde().deserializer(), FeedListener::answered),
            ItemOutcome.TYPE,
            new Kind<>(Topic.OUTCOMES, new ItemOutcomeSerde().deserializer(), FeedListener::settled),
            Heartbeat.TYPE,
            new Kind<>(Topic.HEARTBEATS, new HeartbeatSerde().deserializer(), FeedListener::alive),
            GatewayStatus.TYPE,
            new Kind<>(Topic.HEARTBEATS, new GatewayStatusSerde().deserializer(), FeedListener::gateway));

    private final List<FeedListener> listeners;
    private final TopicTail tail;

    private LineFeed(Map<String, Object> kafka, InstantSource clock, List<? extends FeedListener> listeners) {
        this.listeners = List.copyOf(listeners);
        tail = TopicTail.start(
                "line feed",
                kafka,
                Map.of(
                        Topic.ACTUATIONS, From.since(clock.instant().minus(LOOK_BACK)),
                        Topic.ANSWERS, From.END,
                        Topic.OUTCOMES, From.END,
                        Topic.HEARTBEATS, From.END),
                new ReadingPace(GATHER, () -> this.listeners.stream().anyMatch(FeedListener::waits), ReadingPace.ALL),
                this::take);
    }

    /**
     * Reads until {@link #close}. Returns at once.
     *
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param clock says what the last hour is
     * @param listeners hear of everything, in this order, on the feed's own thread
     */
    public static LineFeed start(
            Map<String, Object> kafka, InstantSource clock, List<? extends FeedListener> listeners) {
        return new LineFeed(kafka, clock, listeners);
    }

    /** Whether the cluster has answered lately. */
    public boolean reachable() {
        return tail.reachable();
    }

    /** Whether listeners have heard of all events of the hour before the start. */
    public boolean caughtUp() {
        return tail.caughtUp();
    }

    @Override
    public void close() {
        tail.close();
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        Header type = message.headers().lastHeader("ce_type");
        if (type == null || type.value() == null) {
            passOver(message, "it is no CloudEvent of binary mode: the header ce_type is missing");
            return;
        }
        Kind<?> kind = KINDS.get(new String(type.value(), StandardCharsets.UTF_8));
        if (kind == null || !kind.topic.topicName().equals(message.topic())) {
            // A newer version may say more than this one knows.
            return;
        }
        kind.take(message, this);
    }

    private static void passOver(ConsumerRecord<String, byte[]> message, String problem) {
        TROUBLE.warn(
                message.topic(),
                "Record " + message.partition() + "@" + message.offset() + " of " + message.topic()
                        + " is passed over: " + problem);
    }

    /** One kind of event: where it is published, how it is read and who hears of it. */
    private record Kind<E>(Topic topic, Deserializer<E> reader, BiConsumer<FeedListener, E> hand) {
        void take(ConsumerRecord<String, byte[]> message, LineFeed feed) {
            E event;
            try {
                event = reader.deserialize(message.topic(), message.headers(), message.value());
            } catch (BadEnvelopeException e) {
                passOver(message, String.valueOf(e.getMessage()));
                return;
            }
            for (FeedListener listener : feed.listeners) {
                try {
                    hand.accept(listener, event);
                } catch (RuntimeException e) {
                    // The others hear of it all the same.
                    TROUBLE.error(
                            "listener",
                            "What was told of record " + message.partition() + "@" + message.offset() + " of "
                                    + message.topic() + " failed: " + e);
                }
            }
        }
    }
}
