// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.WakeupException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ReadingLoopTest {
    private final ScriptedReading reading = new ScriptedReading();
    private final CompletableFuture<Throwable> failure = new CompletableFuture<>();
    private final ReadingLoop loop = new ReadingLoop("events", reading::wakeUp, reading, failure::complete);

    @AfterEach
    void stop() {
        loop.close();
    }

    @Test
    void readingBeginsAnewWhateverHasFailed() {
        // Given
        reading.failures.addAll(List.of(
                new ArithmeticException("long overflow"),
                new KafkaException("User rebalance callback throws an error", new TimeoutException("60 s"))));

        // When
        loop.start();

        // Then
        await().until(() -> reading.reads.get() >= 1);
        assertThat(reading.begunAnew.get()).isEqualTo(2);
        assertThat(failure).isNotDone();
    }

    @Test
    void readingThatHangsIsSeenWhileItDoes() {
        // Given
        loop.start();
        await().until(() -> reading.reads.get() >= 1);

        // When
        var seen = await().until(loop.turns()::worstSeconds, seconds -> seconds > 0.2);

        // Then
        assertThat(seen).isGreaterThan(0.2);
    }

    @Test
    void readingEndsWhenItsRightsAreMissing() throws Exception {
        // Given
        var denied = new KafkaException("wrapped", new TopicAuthorizationException("sortline.actuations"));
        reading.failures.add(denied);

        // When
        loop.start();

        // Then
        assertThat(failure.get()).isSameAs(denied);
        assertThat(reading.ended).isTrue();
    }

    @Test
    void errorOfTheMachineIsToldNotSwallowed() throws Exception {
        // Given
        var error = new OutOfMemoryError("heap");
        reading.failures.add(error);

        // When
        loop.start();

        // Then
        assertThat(failure.get()).isSameAs(error);
    }

    @Test
    void loopThatIsClosedEndsItsReadingOnce() {
        // Given
        loop.start();
        await().until(() -> reading.reads.get() >= 1);

        // When
        loop.close();

        // Then
        assertThat(reading.ended).isTrue();
        assertThat(failure).isNotDone();
    }

    /** Fails as it was told, and then reads until it is woken up. */
    private static final class ScriptedReading implements ReadingLoop.Reading {
        private final Deque<Throwable> failures = new ArrayDeque<>();
        private final Semaphore woken = new Semaphore(0);
        private final AtomicInteger reads = new AtomicInteger();
        private final AtomicInteger begunAnew = new AtomicInteger();
        private volatile boolean ended;

        void wakeUp() {
            woken.release();
        }

        @Override
        public void read() {
            Throwable next = failures.poll();
            if (next instanceof RuntimeException exception) {
                throw exception;
            }
            if (next instanceof Error error) {
                throw error;
            }
            reads.incrementAndGet();
            woken.acquireUninterruptibly();
            throw new WakeupException();
        }

        @Override
        public void beginAnew() {
            begunAnew.incrementAndGet();
        }

        @Override
        public void end() {
            ended = true;
        }
    }
}
