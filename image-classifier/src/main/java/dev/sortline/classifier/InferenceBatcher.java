// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.tensorflow.types.TFloat32;

/**
 * The one loop of the process that runs the network: it takes the pictures that wait, up to the best batch, and never waits for more. So
 * batches form only under load, and a lone picture is answered as soon as it can be.
 *
 * <p>Callers wait for their answer, so nobody has more than one picture here; pictures are taken in the order of their arrival, so nobody
 * overtakes. Safe for use by any number of threads.
 */
final class InferenceBatcher {
    private static final Logger LOG = LoggerFactory.getLogger(InferenceBatcher.class);

    /** How long a run that is under way may take to end when the batcher is stopped, in milliseconds. */
    private static final long STOP_WITHIN = 2_000;

    private final Network network;
    private final int largest;
    private final BlockingQueue<Request> waiting = new LinkedBlockingQueue<>();
    private final Thread loop = new Thread(this::run, "inference");
    private volatile List<Request> underWay = List.of();
    private volatile boolean stopped;

    /** What is run: a row of scores a picture, in the same order. */
    interface Network {
        float[][] scores(List<TFloat32> pictures);
    }

    private record Request(TFloat32 picture, CompletableFuture<float[]> scores) {}

    /** @param largest most pictures at once, at least 1 */
    InferenceBatcher(Network network, int largest) {
        this.network = network;
        this.largest = largest;
        loop.setDaemon(true);
        loop.start();
    }

    /**
     * Waits until the picture, {@code [1, size, size, 3]}, has been through the network.
     *
     * @throws ClassifierClosedException if the batcher is stopped before
     */
    float[] scores(TFloat32 picture) {
        Request request = new Request(picture, new CompletableFuture<>());
        waiting.add(request);
        if (stopped) {
            refuseWaiting();
        }
        try {
            return request.scores().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : e;
        }
    }

    /** Pictures that no run has taken yet. */
    int waiting() {
        return waiting.size();
    }

    /**
     * Ends the loop after the run that is under way. Whoever waits still, for a run that does not end, too, is refused: one stuck call
     * cannot hang a stop.
     *
     * @return whether the network is at rest; if not, nothing that it uses may be freed
     */
    boolean stop() {
        stopped = true;
        refuseWaiting();
        loop.interrupt();
        try {
            loop.join(STOP_WITHIN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (loop.isAlive()) {
            LOG.error("A run of the network has not ended within {} ms: leaving it", STOP_WITHIN);
            underWay.forEach(InferenceBatcher::refuse);
            return false;
        }
        return true;
    }

    private void run() {
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

    private void answer(List<Request> batch) {
        try {
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

    private void refuseWaiting() {
        List<Request> refused = new ArrayList<>();
        waiting.drainTo(refused);
        refused.forEach(InferenceBatcher::refuse);
    }

    private static void refuse(Request request) {
        request.scores().completeExceptionally(new ClassifierClosedException());
    }
}
