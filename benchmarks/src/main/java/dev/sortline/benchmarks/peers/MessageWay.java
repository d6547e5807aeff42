// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.TopicReader;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Only the way of the messages: frames through the broker to a plain consumer, which publishes an event for each without having looked at it,
 * and the event through the broker to its reader. What this takes, no classifier behind the same broker is spared.
 */
public final class MessageWay {
    private static final int DIGITS = 3;
    private static final double NANOS_A_MILLI = 1e6;

    /** About what a routing event has. */
    private static final int EVENT_BYTES = 700;

    /** As the stream commits. */
    private static final Duration COMMIT_EACH = Duration.ofMillis(250);

    private static final Duration ALL_WITHIN = Duration.ofSeconds(30);
    private static final String FRAMES = "bench.way.frames";
    private static final String EVENTS = "bench.way.events";

    private final AtomicLongArray sent;
    private final AtomicLongArray read;
    private final AtomicLongArray came;
    private final Histogram commits = new Histogram(DIGITS);
    private final CountDownLatch missing;
    private final int warmUp;

    /**
     * What it came to: medians in milliseconds.
     *
     * @param wayMs from sending a frame until its event is read
     * @param frameMs of it, until the consumer has the frame
     * @param eventMs of it, from sending the event until its reader has it
     * @param commitMs a commit of the consumer's offset, four times a second, which a frame that comes meanwhile waits for
     */
    public record Result(double wayMs, double frameMs, double eventMs, double commitMs) {}

    private MessageWay(int warmUp, int count) {
        this.warmUp = warmUp;
        sent = new AtomicLongArray(warmUp + count);
        read = new AtomicLongArray(warmUp + count);
        came = new AtomicLongArray(warmUp + count);
        missing = new CountDownLatch(warmUp + count);
    }

    /** Arguments: broker, model (not used), folder of pictures, frames to warm up, frames that count, frames a second of the camera. */
    public static void main(String... args) throws IOException, InterruptedException, ExecutionException {
        List<byte[]> pictures = BeltPictures.of(Path.of(args[2])).files();
        var way = new MessageWay(Integer.parseInt(args[3]), Integer.parseInt(args[4]));
        ResultLine.print(way.measure(args[0], pictures, 1e9 / Double.parseDouble(args[5])));
    }

    private Result measure(String bootstrapServers, List<byte[]> pictures, double intervalNanos)
            throws InterruptedException, ExecutionException {
        Map<String, Object> kafka = Map.of("bootstrap.servers", bootstrapServers);
        create(kafka);
        try (var events = TopicReader.fromNowOn(kafka, EVENTS, new ByteArrayDeserializer(), (event, readAt) -> {
                    note(came, event.key());
                    missing.countDown();
                });
                var consumer =
                        new KafkaConsumer<>(properties(kafka), new StringDeserializer(), new ByteArrayDeserializer());
                var producer = producer(kafka)) {
            var answers = new Thread(() -> answer(consumer, producer), "answers");
            answers.start();
            film(producer, pictures, intervalNanos);
            boolean all = missing.await(ALL_WITHIN.toSeconds(), TimeUnit.SECONDS);
            consumer.wakeup();
            answers.join();
            if (!all) {
                throw new IllegalStateException(
                        "%d of %d events have not come".formatted(missing.getCount(), came.length()));
            }
        }
        return new Result(
                median(sent, came),
                median(sent, read),
                median(read, came),
                commits.getValueAtPercentile(50) / NANOS_A_MILLI);
    }

    private void film(KafkaProducer<String, byte[]> producer, List<byte[]> pictures, double intervalNanos) {
        long start = System.nanoTime();
        for (int i = 0; i < sent.length(); i++) {
            long due = start + Math.round(i * intervalNanos);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            sent.set(i, System.nanoTime());
            var unused =
                    producer.send(new ProducerRecord<>(FRAMES, String.valueOf(i), pictures.get(i % pictures.size())));
        }
    }

    private void answer(KafkaConsumer<String, byte[]> consumer, KafkaProducer<String, byte[]> producer) {
        byte[] event = new byte[EVENT_BYTES];
        consumer.assign(List.of(new TopicPartition(FRAMES, 0)));
        long committed = System.nanoTime();
        try {
            while (true) {
                for (var frame : consumer.poll(COMMIT_EACH)) {
                    note(read, frame.key());
                    var unused = producer.send(new ProducerRecord<>(EVENTS, frame.key(), event));
                }
                long now = System.nanoTime();
                if (now - committed >= COMMIT_EACH.toNanos()) {
                    consumer.commitSync();
                    committed = System.nanoTime();
                    commits.recordValue(committed - now);
                }
            }
        } catch (WakeupException e) {
            // all have come
        }
    }

    private static void note(AtomicLongArray times, String number) {
        times.set(Integer.parseInt(number), System.nanoTime());
    }

    private double median(AtomicLongArray from, AtomicLongArray to) {
        var nanos = new Histogram(DIGITS);
        for (int i = warmUp; i < from.length(); i++) {
            nanos.recordValue(to.get(i) - from.get(i));
        }
        return nanos.getValueAtPercentile(50) / NANOS_A_MILLI;
    }

    /** As {@code sortline produce} and the stream have theirs: nothing waits to be sent with others. */
    private static KafkaProducer<String, byte[]> producer(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        properties.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Topic.MAX_RECORD_BYTES);
        return new KafkaProducer<>(properties, new StringSerializer(), new ByteArraySerializer());
    }

    private static Map<String, Object> properties(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(ConsumerConfig.GROUP_ID_CONFIG, "bench-way");
        properties.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        properties.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        properties.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, Topic.MAX_RECORD_BYTES);
        return properties;
    }

    private static void create(Map<String, Object> kafka) throws InterruptedException, ExecutionException {
        try (Admin admin = Admin.create(kafka)) {
            admin.createTopics(List.of(new NewTopic(FRAMES, 1, (short) 1), new NewTopic(EVENTS, 1, (short) 1)))
                    .all()
                    .get();
        }
    }
}
