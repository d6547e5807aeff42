// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Threads that take batches of pictures through ONNX Runtime, while the next pictures are being polled. Used by one thread. */
final class BatchWorkers implements AutoCloseable {
    private final OnnxNetwork network;
    private final int batch;
    private final Stopwatch stopwatch;
    private final ExecutorService threads;
    private final Semaphore room;
    private final List<Future<?>> ends = new ArrayList<>();
    private List<byte[]> filling = new ArrayList<>();

    BatchWorkers(OnnxNetwork network, int workers, int batch, Stopwatch stopwatch) {
        this.network = network;
        this.batch = batch;
        this.stopwatch = stopwatch;
        this.threads = Executors.newFixedThreadPool(workers);
        this.room = new Semaphore(2 * workers);
    }

    /** Adds a picture to the next batch; waits while two batches a worker are on their way. */
    void take(byte[] picture) throws InterruptedException {
        filling.add(picture);
        if (filling.size() == batch) {
            send();
        }
    }

    /** Takes what is left through as well and waits for all. */
    void finish() throws InterruptedException, ExecutionException {
        if (!filling.isEmpty()) {
            send();
        }
        for (Future<?> end : ends) {
            end.get();
        }
    }

    private void send() throws InterruptedException {
        List<byte[]> pictures = filling;
        filling = new ArrayList<>(batch);
        room.acquire();
        ends.add(threads.submit(() -> {
            try {
                var unused = network.scores(pictures);
                stopwatch.done(pictures.size());
                return null;
            } finally {
                room.release();
            }
        }));
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
