// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.telling;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.GatewayStatusSerde;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.gateway.firing.GatewayMetrics;
import dev.sortline.gateway.firing.Outcomes;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.trouble.TroubleLog;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;

/**
 * Tells the cluster what became of each item, and once a second how the gateway does, by a thread and a producer of its own. Whoever settles
 * an item only sets it down in {@link UntoldOutcomes}, and waits for nothing.
 */
public final class Telling implements Outcomes, AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Telling.class));
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final Duration GIVE_UP_AFTER = Duration.ofSeconds(5);
    private static final Duration CLOSE_WITHIN = Duration.ofMillis(500);

    /** Looking costs the firing thread nothing, and being woken by it would. */
    private static final long LOOK_EVERY_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

    private final String instance;
    private final Supplier<GatewayStatus> status;
    private final GatewayMetrics metrics;
    private final Producer<String, byte[]> producer;
    private final KafkaClientMetrics ofProducer;
    private final InstantSource clock;
    private final Serializer<ItemOutcome> outcomes = new ItemOutcomeSerde().serializer();
    private final Serializer<GatewayStatus> statuses = new GatewayStatusSerde().serializer();
    private final UntoldOutcomes untold = new UntoldOutcomes();
    private final Thread thread = new Thread(this::run, "telling");
    private volatile boolean stopping;
    private Instant nextStatus = Instant.MIN;

    /**
     * @param instance the gateway, in the form of an identifier
     * @param status how it does now; asked by the telling thread alone
     * @param producer is closed with this
     */
    public Telling(
            String instance,
            Supplier<GatewayStatus> status,
            GatewayMetrics metrics,
            Producer<String, byte[]> producer,
            InstantSource clock) {
        this.instance = instance;
        this.status = status;
        this.metrics = metrics;
        this.producer = producer;
        ofProducer = metrics.show(producer);
        this.clock = clock;
    }

    /**
     * A producer that gives up soon.
     *
     * @param kafka the gateway's client properties; what the telling rests on wins over them
     */
    public static Producer<String, byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(ClientProperties.PRODUCER.of(kafka));
        properties.put(ProducerConfig.ACKS_CONFIG, "1");
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        // So that an item's outcomes, and a gateway's statuses, stay in order.
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 500);
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 2_000);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) GIVE_UP_AFTER.toMillis());
        properties.put(ProducerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        properties.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    /** Tells until {@link #close}. Returns at once. */
    public void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void settled(RoutingEvent event, EventFate fate) {
        if (!untold.add(event, fate, clock.instant())) {
            metrics.outcomeDropped();
        }
    }

    private void run() {
        while (!stopping) {
            tell();
            LockSupport.parkNanos(this, LOOK_EVERY_NANOS);
        }
        // What was settled while the gateway stopped.
        tell();
    }

    /** Tells all that there is to tell. */
    void tell() {
        tellStatusWhenDue();
        for (var next = untold.next(); next.isPresent(); next = untold.next()) {
            var settled = next.get();
            tell(settled.event(), settled.fate(), settled.at());
            tellStatusWhenDue();
        }
    }

    private void tellStatusWhenDue() {
        Instant now = clock.instant();
        // Also when the clock was set back.
        if (now.isBefore(nextStatus) && nextStatus.isBefore(now.plus(EVERY).plus(EVERY))) {
            return;
        }
        nextStatus = now.plus(EVERY);
        try {
            GatewayStatus told = status.get();
            var headers = new RecordHeaders();
            byte[] value = statuses.serialize(Topic.HEARTBEATS.topicName(), headers, told);
            send(
                    Topic.HEARTBEATS,
                    told.key(),
                    headers,
                    value,
                    failure -> TROUBLE.warn(
                            "status",
                            "The gateway's status is not told to " + Topic.HEARTBEATS.topicName() + ": "
                                    + failure.getMessage()));
        } catch (RuntimeException e) {
            TROUBLE.warn(
                    "status",
                    "The gateway's status is not told to " + Topic.HEARTBEATS.topicName() + ": " + e.getMessage());
        }
    }

    private void tell(RoutingEvent event, EventFate fate, Instant at) {
        try {
            var outcome = new ItemOutcome(event.lineId(), event.itemId(), instance, fate.word(), event.ejector(), at);
            var headers = new RecordHeaders();
            byte[] value = outcomes.serialize(Topic.OUTCOMES.topicName(), headers, outcome);
            send(Topic.OUTCOMES, event.lineId(), headers, value, this::dropped);
        } catch (RuntimeException e) {
            dropped(e);
        }
    }

    private void dropped(Exception failure) {
        metrics.outcomeDropped();
        TROUBLE.warn(
                "outcomes",
                "What became of items is not told to " + Topic.OUTCOMES.topicName() + ": " + failure.getMessage());
    }

    private void send(Topic topic, String key, Headers headers, byte[] value, Consumer<Exception> onFailure) {
        var unused =
                producer.send(new ProducerRecord<>(topic.topicName(), null, key, value, headers), (sent, failure) -> {
                    if (failure != null) {
                        onFailure.accept(failure);
                    }
                });
    }

    /** Tells what is left and stops. Blocks for a second or two at most. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSE_WITHIN.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        ofProducer.close();
        producer.close(CLOSE_WITHIN);
    }
}
