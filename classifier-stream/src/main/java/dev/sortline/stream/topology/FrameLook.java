// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.ClassifierClosedException;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.stream.gate.GatedFrame;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.model.ModelUse;
import java.time.Duration;
import java.util.Optional;
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
    private final Optional<CameraGate> gate;
    private final LineMetrics metrics;
    private final Consumer<Duration> took;
    private final long takenUpNanos = System.nanoTime();
    private final CompletableFuture<Answer> answer = new CompletableFuture<>();
    private volatile boolean abandoned;

    /**
     * What the network says, or the gate in its place.
     *
     * @param model the one that was asked, or would have been
     * @param isGated whether the network never saw the frame
     */
    record Answer(
            RoutingEvent.Model model,
            Classification classification,
            Duration decode,
            Duration infer,
            boolean isGated) {}

    /**
     * @param used is closed when the answer is there
     * @param gate of its camera; without one the network looks at each frame
     * @param took hears how long it took from when it was taken up, where the network has answered
     */
    FrameLook(
            TakenFrame taken, ModelUse used, Optional<CameraGate> gate, LineMetrics metrics, Consumer<Duration> took) {
        this.taken = taken;
        this.used = used;
        this.gate = gate;
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
            if (!seen.isGated()) {
                // How long the network takes is not told by frames that it never saw.
                took.accept(Duration.ofNanos(System.nanoTime() - takenUpNanos));
            }
            answer.complete(seen);
        } catch (UnreadableImageException | RuntimeException | Error e) {
            // Also what nobody foresaw: whoever waits for the answer must hear of it, and it is his to judge.
            answer.completeExceptionally(e);
        } finally {
            metrics.handsOver();
        }
    }

    private Answer look() throws UnreadableImageException {
        return gate.isPresent() ? lookThrough(gate.get()) : lookAt(System.nanoTime(), decoded());
    }

    private Answer lookThrough(CameraGate of) throws UnreadableImageException {
        long started = System.nanoTime();
        GatedFrame gated = of.frame(used.model());
        Optional<DecodedImage> decoded =
                used.classifier().decodeUnless(gated, taken.frame().image(), SeenPart.of(taken.frame(), taken.line()));
        if (decoded.isEmpty()) {
            Classification known = of.answer(used.classifier().model().labels());
            return new Answer(used.model(), known, Duration.ofNanos(System.nanoTime() - started), Duration.ZERO, true);
        }
        Answer seen = lookAt(started, decoded.get());
        of.networkSaid(gated, seen.classification());
        return seen;
    }

    private DecodedImage decoded() throws UnreadableImageException {
        return used.classifier().decode(taken.frame().image(), SeenPart.of(taken.frame(), taken.line()));
    }

    /** @param decoded is closed */
    private Answer lookAt(long startedNanos, DecodedImage decoded) {
        try (decoded) {
            long decodedNanos = System.nanoTime();
            Classification classification = used.classifier().classify(decoded);
            long inferredNanos = System.nanoTime();
            return new Answer(
                    used.model(),
                    classification,
                    Duration.ofNanos(decodedNanos - startedNanos),
                    Duration.ofNanos(inferredNanos - decodedNanos),
                    false);
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
