// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.Clock;
import dev.sortline.gateway.firing.FiringControl;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the routing events of those lines that the cluster gives to this gateway, as a member of the group of all gateways: so one
 * line is one gateway's at a time. Which those are, and until when, {@link LineOwnership} says.
 */
public final class ActuationReader implements AutoCloseable {
    /** Consumer group of all gateways of a cluster, unless the client properties name another. */
    public static final String GROUP = "sortline-gateway";

    private static final Logger LOG = LoggerFactory.getLogger(ActuationReader.class);
    private static final Duration POLL = Duration.ofMillis(100);

    private final FiringControl control;
    private final FrameTracing tracing;
    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaClientMetrics ofConsumer;
    private final EventIntake<RoutingEvent> events;
    private final LineOwnership ownership;
    private final ReadingLoop loop;
    private volatile boolean assigned;

    /**
     * @param kafka client properties; they win over the defaults here
     * @param tracing hears of each event that comes
     * @param onFailure is told when reading has ended for good
     */
    public ActuationReader(
            Map<String, Object> kafka,
            Set<String> lines,
            GatewayMetrics metrics,
            FiringControl control,
            FrameTracing tracing,
            Consumer<Throwable> onFailure) {
        this.control = control;
        this.tracing = tracing;
        events = new EventIntake<>(
                Topic.ACTUATIONS, new RoutingEventSerde().deserializer(), RoutingEvent::lineId, metrics);
        consumer = new KafkaConsumer<>(properties(kafka), new StringDeserializer(), new ByteArrayDeserializer());
        ofConsumer = metrics.show(consumer);
        ownership = new LineOwnership(consumer, control, lines, new Clock());
        loop = new ReadingLoop(Topic.ACTUATIONS.topicName(), consumer::wakeup, new Actuations(), onFailure);
        metrics.watch("reading_actuations", loop.turns());
    }

    private static Map<String, Object> properties(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        // What a member that leaves has had is taken over at the next of them.
        properties.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, LineOwnership.SESSION_MILLIS / 20);
        properties.put(ConsumerConfig.MAX_POLL_INTERVAL_MS_CONFIG, 3 * LineOwnership.SESSION_MILLIS);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "latest");
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.putAll(ClientProperties.CONSUMER.of(kafka));
        LineOwnership.CONSUMER_PROPERTIES.forEach((name, value) -> {
            Object other = properties.put(name, value);
            if (other != null && !other.toString().equals(value.toString())) {
                LOG.warn("Kafka property {}={} is not used: a gateway's lines rest on {}", name, other, value);
            }
        });
        return properties;
    }

    /** Joins the group and reads, until {@link #close}. Returns at once. */
    public void start() {
        loop.start();
    }

    /** Whether the group has told this gateway which lines are its own, maybe none. */
    public boolean assigned() {
        return assigned;
    }

    /** Hands the lines over and stops. Blocks for some seconds at most. */
    @Override
    public void close() {
        loop.close();
    }

    private void take(ConsumerRecord<String, byte[]> message) {
        int partition = message.partition();
        long offset = message.offset();
        boolean taken = events.take(message, event -> {
            tracing.received(event, message.headers());
            control.accept(event, partition, offset);
        });
        if (!taken) {
            control.unreadable(partition, offset);
        }
    }

    private final class Actuations implements ReadingLoop.Reading {
        @Override
        public void read() {
            if (consumer.subscription().isEmpty()) {
                consumer.subscribe(List.of(Topic.ACTUATIONS.topicName()), ownership);
            }
            consumer.poll(POLL).forEach(ActuationReader.this::take);
            ownership.confirmNowAndThen();
            assigned = assigned || consumer.groupMetadata().generationId() >= 0;
        }

        @Override
        public void beginAnew() {
            // Of lines that are taken over by halves events would get no fate.
            assigned = false;
            consumer.unsubscribe();
        }

        @Override
        public void end() {
            ofConsumer.close();
            try {
                // Hands the lines over through the listener, and leaves the group so that another gateway has them at
                // once.
                consumer.close(CloseOptions.timeout(LineOwnership.COMMIT_WITHIN)
                        .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP));
            } catch (KafkaException e) {
                LOG.warn("Leaving the group failed: {}", e.getMessage());
            }
        }
    }
}
