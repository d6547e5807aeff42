// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;

/** Threads that read batches of pictures and take them through a network, while the next ones are being polled. Used by one thread. */
final class BatchWorkers implements AutoCloseable {
    private final PictureReader reader;
    private final PeerNetwork network;
    private final int values;
    private final int batch;
    private final Answers answers;
    private final ExecutorService threads;
    private final ThreadLocal<FloatBuffer> pixels;
    private final Semaphore room;
    private final List<Future<?>> ends = new ArrayList<>();
    private List<PeerFrame> filling = new ArrayList<>();

    /** Hears what the network says, on a worker's thread. */
    @FunctionalInterface
    interface Answers {
        /**
         * Takes the answers to a batch.
         *
         * @param rows of scores, one a frame, in the same order
         */
        void of(List<PeerFrame> frames, float[][] rows) throws Exception;
    }

    /** @param size width and height of the network's input */
    BatchWorkers(PictureReader reader, PeerNetwork network, int size, int workers, int batch, Answers answers) {
        this.reader = reader;
        this.network = network;
        this.values = 3 * size * size;
        this.batch = batch;
        this.answers = answers;
        this.threads = Executors.newFixedThreadPool(workers);
        this.room = new Semaphore(2 * workers);
        this.pixels = ThreadLocal.withInitial(() -> ByteBuffer.allocateDirect(batch * values * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer());
    }

    /** Adds a frame to the next batch; waits while two batches a worker are on their way. */
    void take(PeerFrame frame) throws InterruptedException {
        filling.add(frame);
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
        List<PeerFrame> frames = filling;
        filling = new ArrayList<>(batch);
        room.acquire();
        ends.add(threads.submit(() -> {
            try {
                FloatBuffer values = pixels.get().clear();
                for (PeerFrame frame : frames) {
                    reader.read(frame.image(), values);
                }
                answers.of(frames, network.scores(values.flip(), frames.size()));
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
