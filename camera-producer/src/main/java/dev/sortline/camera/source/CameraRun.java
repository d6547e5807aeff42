// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import dev.sortline.camera.picture.Picture;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/**
 * Keeps a camera connected until its thread is interrupted: whatever ends a connection, another is tried, sooner at first and at longest
 * 10 s later, never quite at the same time as other cameras that were lost with it.
 */
public final class CameraRun implements Runnable {
    private final CameraSource source;
    private final PictureSink pictures;
    private final CameraNews news;
    private final Backoff backoff;
    private final Pauses pauses;

    /** Waits. */
    @FunctionalInterface
    interface Pauses {
        void pause(Duration duration) throws InterruptedException;
    }

    /**
     * Makes it; it connects when it is run.
     *
     * @param pictures gets what the camera gives
     * @param news hears of connections and of their ends
     * @param random for the waiting times
     */
    public CameraRun(CameraSource source, PictureSink pictures, CameraNews news, RandomGenerator random) {
        this(source, pictures, news, random, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()));
    }

    CameraRun(CameraSource source, PictureSink pictures, CameraNews news, RandomGenerator random, Pauses pauses) {
        this.source = source;
        this.pictures = pictures;
        this.news = news;
        this.backoff = new Backoff(random);
        this.pauses = pauses;
    }

    @Override
    public void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                film();
                pauses.pause(backoff.afterFailure());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void film() throws InterruptedException {
        var connection = new Connection();
        try {
            source.film(connection);
        } catch (CameraFault e) {
            news.lost(e);
        } catch (RuntimeException | Error e) {
            // A library's, or no memory was left; the next connection may do better.
            news.lost(new CameraFault(CameraFault.Kind.ENDED, "reading the camera failed: " + e, e));
        }
        if (connection.gave) {
            backoff.reset();
        }
    }

    /** What one connection gives. */
    private final class Connection implements PictureSink {
        private volatile boolean gave;

        @Override
        public void opened(StreamFormat format) {
            news.connected(format);
            pictures.opened(format);
        }

        @Override
        public void take(Picture picture) {
            gave = true;
            pictures.take(picture);
        }

        @Override
        public void unusable(Unusable why) {
            pictures.unusable(why);
        }
    }
}
