// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.heartbeat;

import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.HeartbeatSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.LoopWatch;
import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatch;
import dev.sortline.trouble.OneLine;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.slf4j.LoggerFactory;

/**
 * Tells once a second of each line whose frames can be decided here and now, and how its cameras do.
 *
 * <p>It has a thread and a producer of its own: without a broker it waits and gives up, and the stream's threads never
 * wait for it. A heartbeat that did not get out within a second is given up too: it would tell of the past. Whatever goes wrong at one beat is
 * told, and the next comes all the same.
 */
public final class Heartbeats implements AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(Heartbeats.class));
    private static final Duration EVERY = Duration.ofSeconds(1);
    private static final int GIVE_UP_AFTER_MILLIS = 1_000;
    private static final int MOST_CHARACTERS_OF_LINES = 150;

    private final Map<String, Line> lines;
    private final Function<String, RoutingEvent.Model> models;
    private final String instance;
    private final Predicate<String> decidable;
    private final CameraWatch cameras;
    private final Producer<String, Heartbeat> producer;
    private final InstantSource clock;
    private final LoopWatch turns = new LoopWatch(System::nanoTime);
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(task -> {
        var thread = new Thread(task, "heartbeats");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * @param models the model in force by the line's id
     * @param instance who decides, in the form of an identifier
     * @param decidable whether frames of a line can be decided here at this moment
     */
    public Heartbeats(
            Map<String, Line> lines,
            Function<String, RoutingEvent.Model> models,
            String instance,
            Predicate<String> decidable,
            CameraWatch cameras,
            Producer<String, Heartbeat> producer,
            InstantSource clock) {
        this.lines = lines;
        this.models = models;
        this.instance = instance;
        this.decidable = decidable;
        this.cameras = cameras;
        this.producer = producer;
        this.clock = clock;
    }

    /** A producer that gives up rather than tell late, with the stream's own connection settings. */
    public static Producer<String, Heartbeat> producer(Map<String, Object> streamsProducer) {
        streamsProducer.put(ProducerConfig.ACKS_CONFIG, "1");
        streamsProducer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        streamsProducer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        streamsProducer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, GIVE_UP_AFTER_MILLIS / 2);
        streamsProducer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MILLIS);
        streamsProducer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MILLIS);
        streamsProducer.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(streamsProducer, new StringSerializer(), new HeartbeatSerde().serializer());
    }

    /** How its loop comes round: once a second. */
    public LoopWatch turns() {
        return turns;
    }

    public void start() {
        var unused = timer.scheduleAtFixedRate(this::beat, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Tells of every line that can be decided. */
    void beat() {
        turns.turn();
        try {
            Set<String> had = lines.keySet().stream().filter(decidable).collect(Collectors.toUnmodifiableSet());
            cameras.have(had);
            lines.values().stream().filter(line -> had.contains(line.id())).forEach(this::tell);
        } catch (KafkaException | IllegalStateException e) {
            TROUBLE.warn("heartbeats", "No heartbeats of " + lines() + ": " + e.getMessage());
        } catch (RuntimeException | Error e) {
            // Thrown on, it would end the timer for good.
            TROUBLE.error(
                    "no heartbeats",
                    "No heartbeats of " + lines() + ", which is a mistake in Sortline: please report " + e);
        }
    }

    private String lines() {
        return OneLine.of(lines.keySet().stream().sorted().collect(Collectors.joining(", ")), MOST_CHARACTERS_OF_LINES);
    }

    /** What one line fails by keeps no heartbeat of another back; what the cluster does, does. */
    private void tell(Line line) {
        try {
            send(line);
        } catch (KafkaException | IllegalStateException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            TROUBLE.error(
                    "no heartbeat " + line.id(),
                    "No heartbeat of " + line.id() + ", which is a mistake in Sortline: please report " + e);
        }
    }

    private void send(Line line) {
        var heartbeat = new Heartbeat(
                line.id(),
                instance,
                models.apply(line.id()),
                line.plan().edition().name(),
                clock.instant(),
                cameras.statuses(line.id()));
        var unused = producer.send(
                new ProducerRecord<>(Topic.HEARTBEATS.topicName(), line.id(), heartbeat), (sent, failure) -> {
                    if (failure != null) {
                        TROUBLE.warn(
                                "heartbeat " + line.id(), "No heartbeat of " + line.id() + ": " + failure.getMessage());
                    }
                });
    }

    @Override
    public void close() {
        timer.shutdownNow();
        producer.close(Duration.ZERO);
    }
}
