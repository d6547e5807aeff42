// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.stream.topology.WordClassifier;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class WatchedClassifierTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final AtomicLong nanos = new AtomicLong();
    private final WordClassifier words = new WordClassifier();
    private final WatchedClassifier classifier = new WatchedClassifier(words, nanos::get);

    @Test
    void answerThatDoesNotComeIsNoticed() throws Exception {
        // Given
        words.held = new CountDownLatch(1);
        var answer = CompletableFuture.supplyAsync(() -> classifier.classify(image("held")));
        words.reached.await();

        // When
        nanos.addAndGet(SECOND.toNanos() + 1);
        long noticed = classifier.awaitedLongerThan(SECOND);

        // Then
        assertThat(noticed).isOne();
        words.held.countDown();
        answer.get();
    }

    @Test
    void answerThatCameIsForgotten() {
        // Given
        classifier.classify(image("glass"));

        // When
        nanos.addAndGet(SECOND.toNanos() + 1);
        long noticed = classifier.awaitedLongerThan(SECOND);

        // Then
        assertThat(noticed).isZero();
    }

    @Test
    void answerThatComesAfterItWasLeftIsNone() throws Exception {
        // Given
        words.held = new CountDownLatch(1);
        var answer = CompletableFuture.supplyAsync(() -> classifier.classify(image("held")));
        words.reached.await();

        // When
        classifier.leave();
        words.held.countDown();

        // Then
        assertThatThrownBy(answer::get).hasRootCauseInstanceOf(ClassifierClosedException.class);
    }

    @Test
    void leftClassifierAlsoAsksNobodyWhatAPictureShows() {
        // Given
        classifier.leave();

        // When
        var asking = assertThatThrownBy(() ->
                classifier.decodeUnless(coarse -> true, "glass".getBytes(StandardCharsets.UTF_8), PictureRegion.WHOLE));

        // Then
        asking.isInstanceOf(ClassifierClosedException.class);
        assertThat(words.decoded).isEmpty();
    }

    @Test
    void failureOfAClassifierThatIsBeingClosedIsNotTheFramesFault() {
        // Given
        var image = image("bug");
        classifier.leave();

        // When
        var classifying = assertThatThrownBy(() -> classifier.classify(image));

        // Then
        classifying.isInstanceOf(ClassifierClosedException.class);
    }

    @Test
    void imageIsNotRefusedByAClassifierThatWasLeft() {
        // Given
        classifier.leave();

        // When
        var decoding = assertThatThrownBy(() -> classifier.decode("corrupt".getBytes(StandardCharsets.UTF_8)));

        // Then
        decoding.isInstanceOf(ClassifierClosedException.class);
    }

    private DecodedImage image(String word) {
        try {
            return classifier.decode(word.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableImageException e) {
            throw new AssertionError(e);
        }
    }
}
