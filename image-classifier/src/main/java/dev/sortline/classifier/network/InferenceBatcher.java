// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import java.nio.FloatBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loops that run the network for the whole process, each on a thread of its own: a loop takes the pictures that wait, up to the best
 * batch, and never waits for more. So batches form only under load, and a lone picture is answered as soon as it can be.
 *
 * <p>Callers wait for their answer, so nobody has more than one picture here; pictures are taken in the order of their arrival, so nobody
 * overtakes. Safe for use by any number of threads.
 */
public final class InferenceBatcher {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceBatcher.class);

    /** How long the runs that are under way may take to end when the batcher is stopped. */
    private static final Duration STOP_WITHIN = Duration.ofSeconds(2);

    private final Network network;
    private final int largest;
    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final List<Loop> loops = new ArrayList<>();
    private volatile IntConsumer runs = pictures -> {};
    private volatile boolean stopped;

    /** What is run, by several loops at once. */
    public interface Network {
        /** A row of scores a picture, in the same order. */
        float[][] scores(List<FloatBuffer> pictures);

        /** Called once on the thread of each loop, before its first picture: oneDNN keeps its kernels by thread. */
        void warmUp();
    }

    private record Request(FloatBuffer picture, CompletableFuture<float[]> scores) {}

    /**
     * Returns when every loop is warm.
     *
     * @param largest most pictures at once, at least 1
     * @param runs loops, at least 1
     * @throws RuntimeException as the warm-up threw it; nothing runs then
     */
    public InferenceBatcher(Network network, int largest, int runs) {
        this.network = network;
        this.largest = largest;
        for (int i = 1; i <= runs; i++) {
            loops.add(new Loop("inference-" + i));
        }
        loops.forEach(Thread::start);
        try {
            loops.forEach(loop -> result(loop.warm));
        } catch (RuntimeException e) {
            stop();
            throw e;
        }
    }

    /**
     * Waits until the picture has been through the network.
     *
     * @throws ClassifierClosedException if the batcher is stopped before
     */
    public float[] scores(FloatBuffer picture) {
        Request request = new Request(picture, new CompletableFuture<>());
        waiting.add(request);
        if (stopped) {
            refuseWaiting();
        }
        return result(request.scores());
    }

    /**
     * Tells somebody of each run from now on.
     *
     * @param pictures hears how many were in it, on the loop's thread
     */
    public void watchRuns(IntConsumer pictures) {
        runs = pictures;
    }

    /** Pictures that no run has taken yet. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Ends the loops after the runs that are under way. Whoever waits still, for a run that does not end, too, is refused: one stuck call
     * cannot hang a stop.
     *
     * @return whether the network is at rest; if not, nothing that it uses may be freed
     */
    public boolean stop() {
        stopped = true;
        refuseWaiting();
        loops.forEach(Thread::interrupt);
        long end = System.nanoTime() + STOP_WITHIN.toNanos();
        boolean atRest = true;
        for (Loop loop : loops) {
            atRest &= loop.endsBefore(end);
        }
        return atRest;
    }

    private final class Loop extends Thread {
        private final CompletableFuture<Void> warm = new CompletableFuture<>();
        private volatile List<Request> underWay = List.of();

        Loop(String name) {
            super(name);
            setDaemon(true);
        }

        @Override
        public void run() {
            try {
                network.warmUp();
                warm.complete(null);
            } catch (RuntimeException | Error e) {
                warm.completeExceptionally(e);
                return;
            }
            List<Request> batch = new ArrayList<>(largest);
            while (!stopped) {
                try {
                    batch.add(waiting.take());
                } catch (InterruptedException e) {
                    break;
                }
                waiting.drainTo(batch, largest - 1);
                underWay = List.copyOf(batch);
                answer(batch);
                batch.clear();
            }
            refuseWaiting();
        }

        private boolean endsBefore(long nanoTime) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(this, Math.max(1, nanoTime - System.nanoTime()));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            if (isAlive()) {
                LOG.error("A run of the network has not ended within {} ms: leaving it", STOP_WITHIN.toMillis());
                underWay.forEach(InferenceBatcher::refuse);
            }
            return !isAlive();
        }
    }

    private void answer(List<Request> batch) {
        try {
            runs.accept(batch.size());
            float[][] scores =
                    network.scores(batch.stream().map(Request::picture).toList());
            for (int i = 0; i < scores.length; i++) {
                batch.get(i).scores().complete(scores[i]);
            }
        } catch (RuntimeException | Error e) {
            // Also what nobody foresaw: a loop that ended silently would leave every line waiting for ever.
            batch.forEach(request -> request.scores().completeExceptionally(e));
        }
    }

    private static <T> T result(CompletableFuture<T> future) {
        try {
            return future.join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    private void refuseWaiting() {
        List<Request> refused = new ArrayList<>();
        waiting.drainTo(refused);
        refused.forEach(InferenceBatcher::refuse);
    }

    private static void refuse(Request request) {
        request.scores().completeExceptionally(new ClassifierClosedException());
    }
}
