// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.loopback.TopicReader;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what contestants publish, as any subscriber would: the line's events have such a reader, too. Used by one thread. */
public final class AnswerReader implements AutoCloseable {
    /** Where contestants publish. */
    public static final String TOPIC = "bench.answers";

    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int POLL_MILLIS = 5;

    private final AtomicLong read = new AtomicLong();
    private final TopicReader<byte[]> reader;

    AnswerReader(Map<String, Object> kafka) {
        reader = TopicReader.fromNowOn(
                kafka, TOPIC, new ByteArrayDeserializer(), (answer, readAt) -> read.incrementAndGet());
    }

    /**
     * Waits until so many have been read.
     *
     * @throws BenchFailure when fewer come, or more
     */
    public void await(long answers) throws InterruptedException {
        long deadline = System.nanoTime() + WITHIN.toNanos();
        while (read.get() < answers && System.nanoTime() < deadline) {
            TimeUnit.MILLISECONDS.sleep(POLL_MILLIS);
        }
        if (read.get() != answers) {
            throw new BenchFailure("of %d answers %d were read".formatted(answers, read.get()));
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
