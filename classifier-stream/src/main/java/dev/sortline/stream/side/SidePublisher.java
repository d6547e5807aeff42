// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.side;

import dev.sortline.contract.Topic;
import dev.sortline.trouble.TroubleLog;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * Writes one topic with a producer of its own, which waits for a cluster that is away, on a thread of its own: so who publishes never does.
 * What waits for it is bounded in number and in bytes; what finds no room, and what did not get out in 5 s, is let go.
 */
public final class SidePublisher<V> implements SideTopic<V>, AutoCloseable {
    /** Most messages that wait to be handed to the producer. */
    static final int MOST_WAITING = 256;

    /** Most bytes of them. The producer has room for as many again. */
    static final long MOST_BYTES = 16L << 20;

    private static final TroubleLog TROUBLE = new TroubleLog(LoggerFactory.getLogger(SidePublisher.class));
    private static final int GIVE_UP_AFTER_MILLIS = 5_000;
    private static final int MOST_BLOCKED_MILLIS = 500;
    private static final Duration STOP_WITHIN = Duration.ofMillis(500);

    private final Topic topic;
    private final Producer<String, V> producer;
    private final AtomicLong waitingBytes = new AtomicLong();
    private final ThreadPoolExecutor thread;

    /** @param producer is closed with this */
    public SidePublisher(Topic topic, Producer<String, V> producer) {
        this.topic = topic;
        this.producer = producer;
        thread = new ThreadPoolExecutor(
                1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), task -> daemon(task, topic));
    }

    /** A producer that gives up rather than keep what it cannot write, with the stream's own connection settings. */
    public static <V> Producer<String, V> producer(Map<String, Object> streamsProducer, Serializer<V> messages) {
        streamsProducer.put(ProducerConfig.ACKS_CONFIG, "1");
        streamsProducer.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
        streamsProducer.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        streamsProducer.put(ProducerConfig.BUFFER_MEMORY_CONFIG, MOST_BYTES);
        streamsProducer.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, MOST_BLOCKED_MILLIS);
        streamsProducer.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MILLIS);
        streamsProducer.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, GIVE_UP_AFTER_MILLIS);
        streamsProducer.remove(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
        return new KafkaProducer<>(streamsProducer, new StringSerializer(), messages);
    }

    @Override
    public void publish(String lineId, V message, int bytes, Consumer<Boolean> told) {
        if (waitingBytes.addAndGet(bytes) > MOST_BYTES) {
            letGo(lineId, bytes, told);
            return;
        }
        try {
            thread.execute(() -> send(lineId, message, bytes, told));
        } catch (RejectedExecutionException e) {
            letGo(lineId, bytes, told);
        }
    }

    private void letGo(String lineId, int bytes, Consumer<Boolean> told) {
        waitingBytes.addAndGet(-bytes);
        if (!thread.isShutdown()) {
            TROUBLE.warn(
                    topic + " full " + lineId,
                    "A message of " + lineId + " for " + topic.topicName()
                            + " is let go: more wait than there is room for");
            told.accept(false);
        }
    }

    private void send(String lineId, V message, int bytes, Consumer<Boolean> told) {
        try {
            var unused = producer.send(
                    new ProducerRecord<>(topic.topicName(), lineId, message),
                    (sent, failure) -> tell(lineId, failure, told));
        } catch (RuntimeException e) {
            // Whatever it is, the next message may fare better.
            tell(lineId, e, told);
        } finally {
            waitingBytes.addAndGet(-bytes);
        }
    }

    private void tell(String lineId, @Nullable Exception failure, Consumer<Boolean> told) {
        if (failure != null) {
            TROUBLE.warn(
                    topic + " unwritten " + lineId,
                    "A message of " + lineId + " for " + topic.topicName() + " is not written: " + failure);
        }
        told.accept(failure == null);
    }

    /** Lets what waits get out for as long as a second, and stops. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(STOP_WITHIN.toMillis(), TimeUnit.MILLISECONDS)) {
                thread.shutdownNow();
            }
        } catch (InterruptedException e) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
        producer.close(STOP_WITHIN);
    }

    private static Thread daemon(Runnable task, Topic topic) {
        var thread = new Thread(task, topic.topicName());
        thread.setDaemon(true);
        return thread;
    }
}
