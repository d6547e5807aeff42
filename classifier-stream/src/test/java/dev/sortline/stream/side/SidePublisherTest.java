// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.side;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.Topic;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class SidePublisherTest {
    private final Cluster cluster = new Cluster();
    private final SidePublisher<String> publisher = new SidePublisher<>(Topic.ANSWERS, cluster);
    private final List<Boolean> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        cluster.letGo.countDown();
        publisher.close();
    }

    @Test
    void messageIsWrittenUnderItsLine() {
        // When
        publisher.publish("line-1", "answer", 10, told::add);

        // Then
        await().until(() -> told.equals(List.of(true)));
        assertThat(cluster.history())
                .extracting(ProducerRecord::topic, ProducerRecord::key, ProducerRecord::value)
                .containsExactly(tuple("sortline.answers", "line-1", "answer"));
    }

    @Test
    void messageThatCannotBeWrittenIsToldAndTheNextIsWritten() {
        // Given
        cluster.sendException = new TimeoutException("no sortline.answers within 500 ms");
        publisher.publish("line-1", "lost", 10, told::add);
        await().until(() -> told.equals(List.of(false)));
        cluster.sendException = null;

        // When
        publisher.publish("line-1", "written", 10, told::add);

        // Then
        await().until(() -> told.equals(List.of(false, true)));
    }

    @Test
    void messageThatTheClusterRefusesIsTold() {
        // Given
        cluster.refusing = new RecordTooLargeException("5242880 bytes at most");

        // When
        publisher.publish("line-1", "large", 10, told::add);

        // Then
        await().until(() -> told.equals(List.of(false)));
    }

    @Test
    void nobodyWaitsForAClusterThatIsAwayAndWhatFindsNoRoomIsLetGo() throws Exception {
        // Given
        cluster.away = true;
        publisher.publish("line-1", "first", 10, told::add);
        cluster.reached.await();

        // When
        for (int i = 0; i < SidePublisher.MOST_WAITING + 5; i++) {
            publisher.publish("line-1", "next", 10, told::add);
        }

        // Then
        assertThat(told).isEqualTo(List.of(false, false, false, false, false));
        cluster.letGo.countDown();
        await().until(() -> told.size() == 1 + SidePublisher.MOST_WAITING + 5);
    }

    @Test
    void bytesThatWaitAreBounded() throws Exception {
        // Given
        cluster.away = true;
        publisher.publish("line-1", "first", 0, told::add);
        cluster.reached.await();
        int quarter = (int) (SidePublisher.MOST_BYTES / 4);

        // When
        for (int i = 0; i < 6; i++) {
            publisher.publish("line-1", "picture", quarter, told::add);
        }

        // Then
        assertThat(told).isEqualTo(List.of(false, false));
        cluster.letGo.countDown();
        await().until(() -> told.size() == 7);
        publisher.publish("line-1", "picture", 4 * quarter, told::add);
        await().until(() -> told.size() == 8 && told.get(7));
    }

    /** A cluster that can be away: then its client waits until it is let go. */
    private static final class Cluster extends MockProducer<String, String> {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch letGo = new CountDownLatch(1);
        private volatile boolean away;
        private volatile @Nullable RuntimeException refusing;

        Cluster() {
            super(true, null, new StringSerializer(), new StringSerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, String> message, Callback done) {
            if (refusing != null) {
                done.onCompletion(null, refusing);
                return CompletableFuture.failedFuture(refusing);
            }
            if (away) {
                reached.countDown();
                try {
                    letGo.await();
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
            return super.send(message, done);
        }
    }
}
