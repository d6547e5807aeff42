// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import dev.sortline.contract.ClientProperties;
import dev.sortline.contract.Topic;
import dev.sortline.trouble.RootCause;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Reads topics record by record as they come, without a group, on a thread of its own, so that it takes nothing from anybody. A cluster that
 * is away, or a topic that is missing, is waited for; what came meanwhile is read then.
 */
public final class TopicTail implements AutoCloseable {
    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(TopicTail.class));

    /** How long the cluster may be quiet before it is asked whether it is there. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration PAUSE = Duration.ofSeconds(1);

    /** So soon does a tail notice that somebody is in a hurry. */
    private static final Duration LOOK_UP = Duration.ofMillis(10);

    private final Map<String, Object> kafka;
    private final ReadParts parts;
    private final String topics;
    private final ReadingPace pace;
    private final Consumer<ConsumerRecord<String, byte[]>> onRecord;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final Thread thread;
    private volatile @Nullable KafkaConsumer<String, byte[]> consumer;
    private volatile boolean reachable;
    private volatile boolean caughtUp;

    private TopicTail(
            String name,
            Map<String, Object> kafka,
            Map<Topic, From> topics,
            ReadingPace pace,
            Consumer<ConsumerRecord<String, byte[]>> onRecord) {
        this.kafka = kafka;
        this.parts = new ReadParts(topics);
        this.topics = topics.keySet().stream().map(Topic::topicName).sorted().collect(Collectors.joining(", "));
        this.pace = pace;
        this.onRecord = onRecord;
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /**
     * Reads from now on, until {@link #close}. Returns at once.
     *
     * @param name what is read, for the thread and the log
     * @param kafka client properties, at least {@code bootstrap.servers}
     * @param topics what is read, and from where
     * @param pace how soon, and whether some may be passed over
     * @param onRecord gets each record, those of a partition in their order, on the tail's own thread; when it fails, its record is passed over
     */
    public static TopicTail start(
            String name,
            Map<String, Object> kafka,
            Map<Topic, From> topics,
            ReadingPace pace,
            Consumer<ConsumerRecord<String, byte[]>> onRecord) {
        var tail = new TopicTail(name, kafka, topics, pace, onRecord);
        tail.thread.start();
        return tail;
    }

    /** Whether the cluster has answered lately; found out within some seconds when it does no more. */
    public boolean reachable() {
        return reachable;
    }

    /** Whether all that was there at the start has been handed over. It stays so. */
    public boolean caughtUp() {
        return caughtUp;
    }

    private void run() {
        try {
            while (stop.getCount() > 0) {
                read();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            reachable = false;
            KafkaConsumer<String, byte[]> open = consumer;
            if (open != null) {
                open.close();
            }
        }
    }

    private void read() throws InterruptedException {
        try {
            KafkaConsumer<String, byte[]> open = consumer;
            if (open == null) {
                open = open();
                consumer = open;
                // close() may have come before there was anything to wake up.
                return;
            }
            read(open);
        } catch (WakeupException e) {
            // close() asked for the end
        } catch (RuntimeException e) {
            reachable = false;
            TROUBLE.warn(
                    thread.getName(),
                    "Reading " + thread.getName() + " (" + topics + ") failed and is tried again: " + RootCause.of(e));
            pause();
        }
    }

    private void pause() throws InterruptedException {
        var unused = stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void read(KafkaConsumer<String, byte[]> open) throws InterruptedException {
        if (parts.look(open)) {
            reachable = true;
        }
        caughtUp = caughtUp || parts.caughtUp(open);
        if (open.assignment().isEmpty()) {
            pause();
            return;
        }
        var records = open.poll(QUIET);
        if (records.isEmpty()) {
            parts.ask(open);
        }
        reachable = true;
        records.forEach(this::handOver);
        ReadParts.passOver(open, pace.mostBehind());
        gather();
    }

    private void gather() throws InterruptedException {
        long until = System.nanoTime() + pace.gather().toNanos();
        for (long left = pace.gather().toNanos(); left > 0; left = until - System.nanoTime()) {
            if (!caughtUp
                    || pace.hurry().getAsBoolean()
                    || stop.await(Math.min(left, LOOK_UP.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
        }
    }

    private void handOver(ConsumerRecord<String, byte[]> message) {
        try {
            onRecord.accept(message);
        } catch (RuntimeException e) {
            TROUBLE.error(
                    thread.getName(),
                    "Record " + message.partition() + "@" + message.offset() + " of " + message.topic()
                            + " is passed over: " + e);
        }
    }

    private KafkaConsumer<String, byte[]> open() {
        Map<String, Object> properties = ClientProperties.CONSUMER.of(kafka);
        properties.remove(ConsumerConfig.GROUP_ID_CONFIG);
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        // Each place is sought: this is only for what was removed or made anew meanwhile, of which all that is there is
        // new.
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        properties.put(ConsumerConfig.ENABLE_METRICS_PUSH_CONFIG, false);
        return new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Ends the reading; a record that is being handed over is finished. */
    @Override
    public void close() {
        stop.countDown();
        KafkaConsumer<String, byte[]> open = consumer;
        if (open != null) {
            open.wakeup();
        }
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
