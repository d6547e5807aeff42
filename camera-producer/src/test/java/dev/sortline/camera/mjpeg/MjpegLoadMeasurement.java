// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.Jpegs;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/**
 * What share of a core the thread takes that reads a camera of 30 pictures of 1280x720 a second, from the socket to the sink. Not part of the
 * build: {@code mvn test -pl camera-producer -am -Dtest=MjpegLoadMeasurement -Dsurefire.failIfNoSpecifiedTests=false}, and the figure is in
 * target/surefire-reports.
 */
class MjpegLoadMeasurement {
    private static final int PER_SECOND = 30;
    private static final Duration WARM_UP = Duration.ofSeconds(10);
    private static final Duration MEASURED = Duration.ofSeconds(20);

    @Test
    void shareOfACoreThatTheReadingThreadTakes() throws Exception {
        // Given
        byte[] picture = Jpegs.scene(1280, 720);
        byte[] part = new Parts().whole(picture).bytes();
        var album = new Tally();
        try (var camera = FakeCamera.answering((request, out) -> {
            out.write(
                    FakeCamera.head("HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=myboundary"));
            for (long next = System.nanoTime(); ; next += 1_000_000_000L / PER_SECOND) {
                LockSupport.parkNanos(next - System.nanoTime());
                out.write(part);
            }
        })) {
            var source = MjpegSettings.at(camera.url()).open(InstantSource.system());
            var reader = new Thread(() -> {
                try {
                    source.film(album);
                } catch (Exception e) {
                    // The measurement is over.
                }
            });
            reader.start();
            await().pollDelay(WARM_UP).atMost(WARM_UP.multipliedBy(2)).until(() -> true);
            var threads = ManagementFactory.getThreadMXBean();
            long cpu = threads.getThreadCpuTime(reader.getId());
            long began = System.nanoTime();
            int before = album.count;

            // When
            await().pollDelay(MEASURED).atMost(MEASURED.multipliedBy(2)).until(() -> true);

            // Then
            double seconds = (System.nanoTime() - began) / 1e9;
            double share = (threads.getThreadCpuTime(reader.getId()) - cpu) / 1e9 / seconds;
            System.out.printf(
                    Locale.ROOT,
                    "%d pictures of %d bytes, %.1f a second: %.2f %% of a core%n",
                    album.count - before,
                    picture.length,
                    (album.count - before) / seconds,
                    100 * share);
            reader.interrupt();
            assertThat(share).isLessThan(0.05);
        }
    }

    private static final class Tally implements PictureSink {
        private volatile int count;

        @Override
        public void opened(StreamFormat format) {}

        @Override
        @SuppressWarnings("NonAtomicVolatileUpdate") // one thread writes
        public void take(Picture picture) {
            count++;
        }

        @Override
        public void unusable(Unusable why) {}
    }
}
