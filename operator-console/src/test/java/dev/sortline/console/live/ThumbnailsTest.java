// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.console.view.SeenFrame;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameSerializer;
import dev.sortline.contract.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ThumbnailsTest {
    private static final long FIRST = 1000;

    private final HandFed source = new HandFed();
    private final List<SeenFrame> seen = new CopyOnWriteArrayList<>();
    private final Thumbnails thumbnails = new Thumbnails(List.of("a"), source, FIRST, (line, frame) -> seen.add(frame));

    @AfterEach
    void close() {
        thumbnails.close();
    }

    @Test
    void framesAreReadOnlyWhileSomebodyWatches() {
        // Given
        boolean readBefore = source.readings.get() > 0;

        // When
        thumbnails.watch(true);
        await().until(() -> source.readings.get() == 1);
        thumbnails.watch(false);

        // Then
        await().untilAsserted(() -> assertThat(source.readings).hasValue(0));
        assertThat(readBefore).isFalse();
    }

    @Test
    void newestFrameGetsAPictureUnderItsNumber() throws Exception {
        // Given
        watch();

        // When
        for (int sequence = 0; sequence < 10; sequence++) {
            source.hand(frame("a", "a", sequence, Pictures.jpeg()));
        }
        await().until(() -> seen.stream().anyMatch(frame -> frame.id().equals("a/cam/9")));

        // Then
        SeenFrame frame = seen.get(seen.size() - 1);
        assertThat(seen).hasSizeLessThan(10);
        assertThat(frame.thumb()).startsWith("/api/lines/a/thumbnails/1");
        long number = Long.parseLong(frame.thumb().substring(frame.thumb().lastIndexOf('/') + 1));
        assertThat(Pictures.decoded(thumbnails.of("a", number).orElseThrow()).getWidth())
                .isEqualTo(160);
    }

    @Test
    void atMostFourPicturesASecondAreMade() throws Exception {
        // Given
        watch();
        byte[] jpeg = Pictures.jpeg();
        long from = System.nanoTime();

        // When
        var sequence = new AtomicInteger();
        await().pollInterval(Duration.ofMillis(5)).until(() -> {
            source.hand(frame("a", "a", sequence.incrementAndGet(), jpeg));
            return seen.size() >= 6;
        });

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - from)).isGreaterThan(Duration.ofMillis(5 * 250));
    }

    @Test
    void whatIsNoFrameOrNoPictureIsPassedOver() throws Exception {
        // Given
        watch();

        // When
        source.hand(new ConsumerRecord<>(Topic.FRAMES.topicName(), 0, 0, "a", new byte[] {1, 2, 3}));
        source.hand(frame("unknown", "unknown", 1, Pictures.jpeg()));
        source.hand(frame("a", "b", 2, Pictures.jpeg()));
        source.hand(frame("a", "a", 3, new byte[] {1, 2, 3}));
        await().until(() -> {
            source.hand(frame("a", "a", 4, Pictures.jpeg()));
            return !seen.isEmpty();
        });

        // Then
        assertThat(seen).extracting(SeenFrame::id).containsOnly("a/cam/4");
    }

    @Test
    void unknownPictureIsNone() {
        // When
        Optional<byte[]> picture = thumbnails.of("a", FIRST);

        // Then
        assertThat(picture).isEmpty();
        assertThat(thumbnails.of("unknown", FIRST)).isEmpty();
    }

    private void watch() {
        thumbnails.watch(true);
        await().until(() -> source.readings.get() == 1);
    }

    private static ConsumerRecord<String, byte[]> frame(String key, String line, long sequence, byte[] image) {
        var frame = new Frame(
                line, "cam", sequence, null, Instant.parse("2026-01-01T12:00:00Z"), null, "image/jpeg", null, image);
        var headers = new RecordHeaders();
        byte[] value = new FrameSerializer().serialize(Topic.FRAMES.topicName(), headers, frame);
        return new ConsumerRecord<>(
                Topic.FRAMES.topicName(),
                0,
                sequence,
                0,
                TimestampType.CREATE_TIME,
                0,
                0,
                key,
                value,
                headers,
                Optional.empty());
    }

    /** Frames as the test hands them. */
    private static final class HandFed implements FrameSource {
        private final AtomicInteger readings = new AtomicInteger();
        private volatile Consumer<ConsumerRecord<String, byte[]>> taker = frame -> {};

        @Override
        public Reading read(Consumer<ConsumerRecord<String, byte[]>> onFrame) {
            taker = onFrame;
            readings.incrementAndGet();
            return readings::decrementAndGet;
        }

        void hand(ConsumerRecord<String, byte[]> frame) {
            taker.accept(frame);
        }
    }
}
