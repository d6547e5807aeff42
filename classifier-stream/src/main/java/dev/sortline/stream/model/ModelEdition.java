// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.model;

import dev.sortline.contract.RoutingEvent;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A model as it was opened once, and how many frames are in its hands. Safe for use by all threads. */
final class ModelEdition {
    private final WatchedClassifier classifier;
    private final RoutingEvent.Model model;
    private int frames;
    private boolean retired;

    ModelEdition(WatchedClassifier classifier, RoutingEvent.Model model) {
        this.classifier = classifier;
        this.model = model;
    }

    WatchedClassifier classifier() {
        return classifier;
    }

    RoutingEvent.Model model() {
        return model;
    }

    /** Takes a frame in hand; not when it is retired. */
    synchronized boolean begin() {
        if (!retired) {
            frames++;
        }
        return !retired;
    }

    /** A frame is out of its hands. */
    synchronized void end() {
        frames--;
        notifyAll();
    }

    /**
     * Takes no frame from now on, and waits until the last one is out.
     *
     * @return whether it is, within that time
     */
    synchronized boolean retire(Duration patience) {
        retired = true;
        long end = System.nanoTime() + patience.toNanos();
        try {
            while (frames > 0) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return frames == 0;
    }
}
