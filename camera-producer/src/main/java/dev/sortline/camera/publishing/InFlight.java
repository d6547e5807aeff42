// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import java.util.concurrent.Semaphore;

/**
 * The frames that were sent and not yet acknowledged, bounded in number and in bytes. Who waits longest enters first.
 * Any thread may call.
 */
final class InFlight {
    private final int maxFrames;
    private final int maxBytes;
    private final Semaphore frames;
    private final Semaphore bytes;

    InFlight(int maxFrames, int maxBytes) {
        this.maxFrames = maxFrames;
        this.maxBytes = maxBytes;
        this.frames = new Semaphore(maxFrames, true);
        this.bytes = new Semaphore(maxBytes, true);
    }

    /** Enters if there is room and nobody waits; never blocks. */
    boolean tryEnter(int frameBytes) {
        if (frames.hasQueuedThreads() || !frames.tryAcquire()) {
            return false;
        }
        if (bytes.hasQueuedThreads() || !bytes.tryAcquire(weight(frameBytes))) {
            frames.release();
            return false;
        }
        return true;
    }

    /** Enters as soon as there is room. */
    void enter(int frameBytes) throws InterruptedException {
        frames.acquire();
        try {
            bytes.acquire(weight(frameBytes));
        } catch (InterruptedException e) {
            frames.release();
            throw e;
        }
    }

    void leave(int frameBytes) {
        bytes.release(weight(frameBytes));
        frames.release();
    }

    int count() {
        return maxFrames - frames.availablePermits();
    }

    /** A frame larger than the whole bound passes alone. */
    private int weight(int frameBytes) {
        return Math.min(frameBytes, maxBytes);
    }
}
