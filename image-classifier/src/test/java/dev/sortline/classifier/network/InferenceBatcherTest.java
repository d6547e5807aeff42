// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.model.ModelPackageException;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class InferenceBatcherTest {
    private final ExecutorService callers = Executors.newCachedThreadPool();
    private final GatedNetwork network = new GatedNetwork();
    private final InferenceBatcher batcher = new InferenceBatcher(network, 3, 1);

    @AfterEach
    void stop() {
        network.gate.release(1_000);
        batcher.stop();
        callers.shutdownNow();
    }

    @Test
    void answersALonePictureAlone() {
        // Given
        network.gate.release();

        // When
        float[] scores = batcher.scores(picture(7));

        // Then
        assertThat(scores).containsExactly(7);
        assertThat(network.batches).containsExactly(List.of(7));
    }

    @Test
    void tellsOfEachRunHowManyPicturesItHad() {
        // Given
        List<Integer> runs = new ArrayList<>();
        batcher.watchRuns(runs::add);
        network.gate.release();

        // When
        batcher.scores(picture(7));

        // Then
        assertThat(runs).containsExactly(1);
    }

    @Test
    void takesWhatWaitsUpToTheLargestBatchInTheOrderOfArrival() {
        // Given
        List<CompletableFuture<float[]>> answers = new ArrayList<>();
        answers.add(call(0));
        network.awaitRun();
        for (int i = 1; i <= 4; i++) {
            answers.add(call(i));
            awaitWaiting(i);
        }

        // When
        network.gate.release(3);

        // Then
        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).join()).containsExactly(i);
        }
        assertThat(network.batches).containsExactly(List.of(0), List.of(1, 2, 3), List.of(4));
    }

    @Test
    void runsAsManyAtTheSameTimeAsItIsTold() {
        // Given
        var both = new CountDownLatch(2);
        InferenceBatcher.Network meeting = network(pictures -> {
            both.countDown();
            await(both);
            return pictures.stream().map(p -> new float[] {p.get(0)}).toArray(float[][]::new);
        });
        var two = new InferenceBatcher(meeting, 1, 2);

        // When
        var answers = List.of(call(two, 1), call(two, 2));

        // Then
        assertThat(answers).extracting(answer -> answer.join()[0]).containsExactly(1f, 2f);
        assertThat(two.stop()).isTrue();
    }

    @Test
    void warmsEachLoopOnItsOwnThreadBeforeThePicturesCome() {
        // Given
        Set<Thread> warmed = ConcurrentHashMap.newKeySet();
        InferenceBatcher.Network warming = new InferenceBatcher.Network() {
            @Override
            public float[][] scores(List<FloatBuffer> pictures) {
                return new float[][] {{warmed.contains(Thread.currentThread()) ? 1 : 0}};
            }

            @Override
            public void warmUp() {
                warmed.add(Thread.currentThread());
            }
        };

        // When
        var warm = new InferenceBatcher(warming, 1, 3);

        // Then
        assertThat(warmed).hasSize(3);
        assertThat(warm.scores(picture(1))).containsExactly(1);
        assertThat(warm.stop()).isTrue();
    }

    @Test
    void doesNotStartWhenTheNetworkCannotBeWarmedUp() {
        // Given
        InferenceBatcher.Network broken = new InferenceBatcher.Network() {
            @Override
            public float[][] scores(List<FloatBuffer> pictures) {
                throw new IllegalStateException("was never warm");
            }

            @Override
            public void warmUp() {
                throw new ModelPackageException("broken");
            }
        };

        // Then
        assertThatThrownBy(() -> new InferenceBatcher(broken, 1, 2)).hasMessage("broken");
    }

    @Test
    void givesEachCallerOfAFailedRunTheFailureAndRunsOn() {
        // Given
        network.gate.release(2);
        network.failure = new ModelPackageException("broken");
        CompletableFuture<float[]> failed = call(1);
        assertThatThrownBy(failed::join).hasRootCauseMessage("broken");
        network.failure = null;

        // When
        float[] scores = batcher.scores(picture(2));

        // Then
        assertThat(scores).containsExactly(2);
    }

    @Test
    void refusesWhoeverWaitsWhenItIsStopped() {
        // Given
        CompletableFuture<float[]> running = call(0);
        network.awaitRun();
        CompletableFuture<float[]> waiting = call(1);
        awaitWaiting(1);
        CompletableFuture<Boolean> stopping = CompletableFuture.supplyAsync(batcher::stop, callers);

        // When
        assertThatThrownBy(waiting::join).hasCauseInstanceOf(ClassifierClosedException.class);
        network.gate.release();

        // Then
        assertThat(stopping.join()).isTrue();
        assertThat(running.join()).containsExactly(0);
    }

    @Test
    void leavesARunBehindThatDoesNotEnd() {
        // Given
        CompletableFuture<float[]> stuck = call(0);
        network.awaitRun();

        // When
        boolean atRest = batcher.stop();

        // Then
        assertThat(atRest).isFalse();
        assertThatThrownBy(stuck::join)
                .isInstanceOf(CompletionException.class)
                .hasCauseInstanceOf(ClassifierClosedException.class);
    }

    @Test
    void refusesPicturesOnceItIsStopped() {
        // Given
        batcher.stop();

        // Then
        assertThatThrownBy(() -> batcher.scores(picture(1))).isInstanceOf(ClassifierClosedException.class);
    }

    private CompletableFuture<float[]> call(int number) {
        return call(batcher, number);
    }

    private CompletableFuture<float[]> call(InferenceBatcher called, int number) {
        return CompletableFuture.supplyAsync(() -> called.scores(picture(number)), callers);
    }

    private static InferenceBatcher.Network network(Function<List<FloatBuffer>, float[][]> scores) {
        return new InferenceBatcher.Network() {
            @Override
            public float[][] scores(List<FloatBuffer> pictures) {
                return scores.apply(pictures);
            }

            @Override
            public void warmUp() {
                // nothing to get warm
            }
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitWaiting(int pictures) {
        while (batcher.waiting() < pictures) {
            Thread.onSpinWait();
        }
    }

    private static FloatBuffer picture(int number) {
        return FloatBuffer.wrap(new float[] {number});
    }

    /** Answers each picture with its number, a run at a time, when it is let. */
    private static final class GatedNetwork implements InferenceBatcher.Network {
        private final Semaphore gate = new Semaphore(0);
        private final CountDownLatch firstRun = new CountDownLatch(1);
        private final List<List<Integer>> batches = Collections.synchronizedList(new ArrayList<>());
        private volatile RuntimeException failure;

        @Override
        public float[][] scores(List<FloatBuffer> pictures) {
            firstRun.countDown();
            gate.acquireUninterruptibly();
            if (failure != null) {
                throw failure;
            }
            batches.add(pictures.stream().map(p -> (int) p.get(0)).toList());
            return pictures.stream().map(p -> new float[] {p.get(0)}).toArray(float[][]::new);
        }

        @Override
        public void warmUp() {
            // nothing to get warm
        }

        private void awaitRun() {
            await(firstRun);
        }
    }
}
