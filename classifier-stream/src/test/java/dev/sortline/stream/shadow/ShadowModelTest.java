// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.shadow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.contract.Frame;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.LineMetric;
import dev.sortline.stream.side.HeardTopic;
import dev.sortline.stream.topology.WordClassifier;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class ShadowModelTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("shadow-words", "2");

    private static final PictureRegion RIGHT_HALF = new PictureRegion(0.5, 0, 0.5, 1);

    private final WordClassifier words = new WordClassifier();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HeardTopic<FrameAnswer> answers = new HeardTopic<>();
    private final ShadowModel shadow = new ShadowModel(
            words,
            MODEL,
            Optional.of("try"),
            frame -> RIGHT_HALF,
            busy::get,
            new ShadowMetrics(meters, List.of("line-1", "try")),
            answers,
            () -> NOW);

    @AfterEach
    void stop() {
        words.held.countDown();
        shadow.close();
    }

    @Test
    void shadowLooksAtThePartThatTheFirstModelLooksAt() {
        // Given
        shadow.start();

        // When
        shadow.see(frame("line-1", 1, "glass"));

        // Then
        await().until(() -> count("line-1", "answered") == 1);
        assertThat(words.parts).containsExactly(RIGHT_HALF);
    }

    @Test
    void frameIsAnsweredInTheShadowsName() {
        // Given
        shadow.start();

        // When
        shadow.see(frame("line-1", 1, "glass"));

        // Then
        await().until(() -> count("line-1", "answered") == 1);
        assertThat(answers.messages())
                .extracting(
                        FrameAnswer::lineId,
                        FrameAnswer::frameId,
                        FrameAnswer::model,
                        FrameAnswer::shadow,
                        FrameAnswer::answeredAt)
                .containsExactly(tuple("line-1", "line-1/camera-1/1", MODEL, true, NOW));
        assertThat(answers.messages().get(0).probabilities())
                .containsEntry("glass", 0.9)
                .hasSize(4);
    }

    @Test
    void everySeriesIsThereBeforeItsFirstCount() {
        // When
        long none = count("line-1", "answered") + count("line-1", "skipped") + count("try", "failed");

        // Then
        assertThat(none).isZero();
    }

    @Test
    void whoShowsItFramesNeverWaitsAndTheNewestWins() throws Exception {
        // Given
        words.held = new CountDownLatch(1);
        shadow.start();
        shadow.see(frame("line-1", 1, "held"));
        words.reached.await();

        // When: the thread that would answer stands
        for (int i = 2; i <= 100; i++) {
            shadow.see(frame("line-1", i, "glass"));
        }

        // Then
        assertThat(count("line-1", "skipped")).isEqualTo(98);
        words.held.countDown();
        await().until(() -> count("line-1", "answered") == 2);
        assertThat(answers.messages())
                .extracting(FrameAnswer::frameId)
                .containsExactly("line-1/camera-1/1", "line-1/camera-1/100");
    }

    @Test
    void frameIsSkippedWhileTheFirstModelNeedsTheProcessors() {
        // Given
        busy.set(true);
        shadow.start();

        // When
        shadow.see(frame("line-1", 1, "glass"));

        // Then
        await().until(() -> count("line-1", "skipped") == 1);
        assertThat(words.decoded).isEmpty();
    }

    @Test
    void trialIsAnsweredAllTheSame() {
        // Given
        busy.set(true);
        shadow.start();

        // When
        shadow.see(frame("try", 1, "metal"));

        // Then
        await().until(() -> count("try", "answered") == 1);
        assertThat(answers.messages()).extracting(FrameAnswer::lineId).containsExactly("try");
    }

    @Test
    void frameOnWhichItFailsDoesNotEndIt() {
        // Given
        shadow.start();

        // When
        shadow.see(frame("try", 1, "corrupt"));
        shadow.see(frame("try", 2, "bug"));
        shadow.see(frame("try", 3, "glass"));

        // Then
        await().until(() -> count("try", "answered") == 1);
        assertThat(count("try", "failed")).isEqualTo(2);
    }

    @Test
    void answerThatCannotBeWrittenIsCounted() {
        // Given
        answers.goAway();
        shadow.start();

        // When
        shadow.see(frame("line-1", 1, "glass"));

        // Then
        await().until(() -> count("line-1", "failed") == 1);
    }

    private long count(String line, String outcome) {
        return Math.round(meters.get(LineMetric.SHADOW_FRAMES.meterName())
                .tags("line", line, "outcome", outcome)
                .counter()
                .count());
    }

    private static Frame frame(String line, long sequence, String word) {
        byte[] image = word.getBytes(StandardCharsets.UTF_8);
        return new Frame(line, "camera-1", sequence, null, NOW, null, "image/jpeg", null, image);
    }
}
