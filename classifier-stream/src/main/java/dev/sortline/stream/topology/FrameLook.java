// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.model.ModelUse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;

/**
 * One frame's way through decoder and network, with the model that was in force when it was taken up. Run once, by any thread; any other
 * may wait for its answer.
 */
final class FrameLook implements Runnable {
    private final TakenFrame taken;
    private final ModelUse used;
    private final LineMetrics metrics;
    private final Consumer<Duration> took;
    private final long takenUpNanos = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile boolean abandoned;

    /**
     * What the network says.
     *
     * @param model the one that was asked
     */
    record Answer(RoutingEvent.Model model, Classification classification, Duration decode, Duration infer) {}

    /**
     * @param used is closed when the answer is there
     * @param took hears how long it took from when it was taken up, where there is an answer
     */
    FrameLook(TakenFrame taken, ModelUse used, LineMetrics metrics, Consumer<Duration> took) {
        this.taken = taken;
        this.used = used;
        this.metrics = metrics;
        this.took = took;
    }

    TakenFrame taken() {
        return taken;
    }

    @Override
    public void run() {
        try (used) {
            if (abandoned) {
                throw new ClassifierClosedException();
            }
            metrics.takes(taken);
            Answer seen = look();
            took.accept(Duration.ofNanos(System.nanoTime() - takenUpNanos));
            answer.complete(seen);
        } catch (UnreadableImageException | RuntimeException | Error e) {
            // Also what nobody foresaw: whoever waits for the answer must hear of it, and it is his to judge.
            answer.completeExceptionally(e);
        } finally {
            metrics.handsOver();
        }
    }

    private Answer look() throws UnreadableImageException {
        long started = System.nanoTime();
        try (var image = used.classifier().decode(taken.frame().image(), SeenPart.of(taken.frame(), taken.line()))) {
            long decoded = System.nanoTime();
            Classification classification = used.classifier().classify(image);
            long inferred = System.nanoTime();
            return new Answer(
                    used.model(),
                    classification,
                    Duration.ofNanos(decoded - started),
                    Duration.ofNanos(inferred - decoded));
        }
    }

    boolean isDone() {
        return answer.isDone();
    }

    /** Nobody will ask for its answer. */
    void abandon() {
        abandoned = true;
    }

    /**
     * Waits for the answer.
     *
     * @throws RuntimeException what failed in a way that nobody foresaw
     */
    Answer answer() throws UnreadableImageException {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UnreadableImageException unreadable) {
                throw unreadable;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }
}
