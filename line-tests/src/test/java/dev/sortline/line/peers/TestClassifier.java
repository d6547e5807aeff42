// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

/** A classifier under the test's hand: tells once a second that its lines are alive, and publishes routing events. */
public final class TestClassifier implements AutoCloseable {
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("waste", "1");

    private final List<String> lines;
    private final KafkaProducer<String, RoutingEvent> events;
    private final KafkaProducer<String, Heartbeat> heartbeats;
    private final ScheduledExecutorService heart = Executors.newSingleThreadScheduledExecutor();
    private long position;

    public TestClassifier(String bootstrapServers, List<String> lines) {
        this.lines = lines;
        events = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 0),
                new StringSerializer(),
                new RoutingEventSerde().serializer());
        // As the real one's: it gives up rather than tell late.
        heartbeats = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers", bootstrapServers,
                        "linger.ms", 0,
                        "acks", "1",
                        "enable.idempotence", false,
                        "max.block.ms", 500,
                        "request.timeout.ms", 1_000,
                        "delivery.timeout.ms", 1_000),
                new StringSerializer(),
                new HeartbeatSerde().serializer());
        var unused = heart.scheduleAtFixedRate(this::beat, 0, 1, TimeUnit.SECONDS);
    }

    /**
     * An item of {@code line-1} that goes to that ejector; does not wait until the broker has it.
     *
     * @return the event
     */
    public RoutingEvent publish(String item, int ejector, Instant fireAt) {
        return publish("line-1", item, ejector, fireAt);
    }

    RoutingEvent publish(String line, String item, int ejector, Instant fireAt) {
        var event = new RoutingEvent(
                line,
                item,
                List.of(line + "/camera-1/" + item),
                Decision.SORT,
                "glass",
                "glass",
                "glass",
                ejector,
                0.9,
                0.8,
                null,
                Map.of("glass", 0.9, "metal", 0.1),
                fireAt.minusSeconds(2),
                fireAt.minusSeconds(2),
                fireAt,
                fireAt.minusMillis(20),
                ++position,
                MODEL,
                "plan",
                null,
                null,
                null,
                new RoutingEvent.StageMicros(1, 1, 1, 1));
        var unused = events.send(new ProducerRecord<>(Topic.ACTUATIONS.topicName(), line, event));
        return event;
    }

    private void beat() {
        for (String line : lines) {
            var heartbeat = new Heartbeat(line, "test", MODEL, "plan", Instant.now());
            // Its failure is the test's subject: nothing comes.
            var unused = heartbeats.send(new ProducerRecord<>(Topic.HEARTBEATS.topicName(), line, heartbeat));
        }
    }

    @Override
    public void close() {
        heart.shutdownNow();
        heartbeats.close(Duration.ZERO);
        events.close(Duration.ZERO);
    }
}
