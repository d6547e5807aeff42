// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.RoutingEvent.Model;
import dev.sortline.stream.topology.WordClassifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(40)
class ModelInForceTest {
    private static final Model FIRST = new Model("words", "1");
    private static final Model SECOND = new Model("words", "2");

    private final WordClassifier first = new WordClassifier();
    private final WordClassifier second = new WordClassifier();
    private final ModelInForce model = new ModelInForce(first, FIRST);
    private final LineModels models = LineModels.of(model);

    @Test
    void nextFrameIsLookedAtByTheNextModel() {
        // When
        boolean closed = model.replaceBy(second, SECOND);

        // Then
        try (var use = model.take()) {
            assertThat(use.model()).isEqualTo(SECOND);
        }
        assertThat(closed).isTrue();
        assertThat(first.closed).isTrue();
        assertThat(second.closed).isFalse();
    }

    @Test
    void frameInHandFinishesWithTheModelThatItBeganWith() {
        // Given
        var use = model.take();

        // When
        var replacing = CompletableFuture.supplyAsync(() -> model.replaceBy(second, SECOND));
        await().until(() -> model.model().equals(SECOND));

        // Then
        assertThat(use.model()).isEqualTo(FIRST);
        assertThat(first.closed).isFalse();
        assertThat(replacing).isNotDone();
        use.close();
        assertThat(replacing.join()).isTrue();
        assertThat(first.closed).isTrue();
    }

    @Test
    void modelsAreSwappedThereAndBackUnderFramesOfManyThreads() {
        // Given
        List<CompletableFuture<Integer>> threads = new ArrayList<>();
        var stop = new CountDownLatch(1);
        for (int thread = 0; thread < 4; thread++) {
            threads.add(CompletableFuture.supplyAsync(() -> framesUntil(stop)));
        }

        // When
        List<WordClassifier> replaced = new ArrayList<>(List.of(first));
        for (int swap = 0; swap < 200; swap++) {
            var next = new WordClassifier();
            model.replaceBy(next, swap % 2 == 0 ? SECOND : FIRST);
            replaced.add(next);
        }
        stop.countDown();

        // Then
        assertThat(threads).allSatisfy(thread -> assertThat(thread.join()).isPositive());
        assertThat(replaced.subList(0, 200))
                .allSatisfy(old -> assertThat(old.closed).isTrue());
        assertThat(replaced.get(200).closed).isFalse();
    }

    /** A model that is closed while a frame is in its hands fails the thread. */
    private int framesUntil(CountDownLatch stop) {
        int frames = 0;
        do {
            try (var use = model.take()) {
                var used = (WatchedClassifier) use.classifier();
                Thread.onSpinWait();
                used.classify(List.of());
                frames++;
                if (((WordClassifier) used.watched()).closed) {
                    throw new AssertionError("closed in use");
                }
            }
        } while (stop.getCount() > 0);
        return frames;
    }

    @Test
    void followerHearsOfEachModelBeforeItIsInForce() {
        // Given
        List<Model> before = new ArrayList<>();
        model.follow(classifier -> before.add(model.model()));

        // When
        model.replaceBy(second, SECOND);

        // Then
        assertThat(before).containsExactly(FIRST, FIRST);
    }

    @Test
    void modelThatComesAfterTheStreamHasStoppedIsClosed() {
        // Given
        models.leave();

        // When
        var replacing = assertThatThrownBy(() -> model.replaceBy(second, SECOND));

        // Then
        replacing.isInstanceOf(ClassifierClosedException.class);
        assertThat(second.closed).isTrue();
        assertThat(first.closed).isFalse();
    }

    @Test
    void networkIsFullyUsedWhileAsManyWaitAsItHasRuns() throws Exception {
        // Given
        first.held = new CountDownLatch(1);
        boolean before = models.isFullyUsed();
        var answer = CompletableFuture.supplyAsync(() -> {
            try (var use = model.take()) {
                return use.classifier().classify(image(use, "held"));
            }
        });
        first.reached.await();

        // When
        boolean during = models.isFullyUsed();

        // Then
        first.held.countDown();
        answer.get();
        assertThat(before).isFalse();
        assertThat(during).isTrue();
        assertThat(models.isFullyUsed()).isFalse();
    }

    @Test
    void canaryDecidesItsLinesAlone() {
        // Given
        var canary = new ModelInForce(second, SECOND);

        // When
        var some = models.withCanary(canary, Set.of("line-2"));

        // Then
        assertThat(Map.of("line-1", some.model("line-1"), "line-2", some.model("line-2")))
                .isEqualTo(Map.of("line-1", FIRST, "line-2", SECOND));
        assertThat(some.all()).containsExactly(model, canary);
    }

    @Test
    void canaryWithoutLinesIsNone() {
        // Given
        var canary = new ModelInForce(second, SECOND);

        // When
        var making = assertThatThrownBy(() -> models.withCanary(canary, Set.of()));

        // Then
        making.hasMessageContaining("lines is empty");
    }

    private static DecodedImage image(ModelUse use, String word) {
        try {
            return use.classifier().decode(word.getBytes(StandardCharsets.UTF_8));
        } catch (UnreadableImageException e) {
            throw new AssertionError(e);
        }
    }
}
