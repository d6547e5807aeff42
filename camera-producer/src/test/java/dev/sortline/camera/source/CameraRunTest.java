// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.time.CaptureTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CameraRunTest {
    private static final Picture PICTURE =
            new Picture(new byte[] {1}, Picture.JPEG, CaptureTime.ofArrival(Instant.EPOCH, Duration.ZERO));

    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> news = new ArrayList<>();
    private final List<Picture> taken = new ArrayList<>();

    @Test
    void cameraThatIsAwayIsTriedAgainLaterEachTimeUpToTenSeconds() {
        // Given
        CameraSource away = pictures -> {
            throw new CameraFault(CameraFault.Kind.UNREACHABLE, "nobody there");
        };

        // When
        run(away, 10);

        // Then
        assertThat(pauses.get(0)).isBetween(Duration.ofMillis(125), Duration.ofMillis(250));
        assertThat(pauses.get(3)).isBetween(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(pauses.get(9)).isBetween(Duration.ofSeconds(5), Duration.ofSeconds(10));
        assertThat(news).hasSize(10).containsOnly("lost: nobody there");
    }

    @Test
    void camerasThatAreLostTogetherDoNotComeBackTogether() {
        // Given
        CameraSource away = pictures -> {
            throw new CameraFault(CameraFault.Kind.UNREACHABLE, "nobody there");
        };

        // When
        for (int camera = 0; camera < 20; camera++) {
            run(away, 1, camera);
        }

        // Then
        assertThat(pauses).doesNotHaveDuplicates();
    }

    @Test
    void cameraThatGaveAPictureIsTriedAgainSoon() {
        // Given
        var connections = new ArrayList<Integer>();
        CameraSource lateInLife = pictures -> {
            connections.add(1);
            if (connections.size() == 6) {
                pictures.opened(StreamFormat.JPEGS);
                pictures.take(PICTURE);
            }
            throw new CameraFault(CameraFault.Kind.ENDED, "gone");
        };

        // When
        run(lateInLife, 6);

        // Then
        assertThat(pauses.get(4)).isGreaterThan(Duration.ofSeconds(1));
        assertThat(pauses.get(5)).isLessThanOrEqualTo(Duration.ofMillis(250));
        assertThat(taken).containsExactly(PICTURE);
        assertThat(news).contains("connected: mjpeg");
    }

    @Test
    void failureOfALibraryIsTriedAgainLikeAnyOther() {
        // Given
        CameraSource broken = pictures -> {
            throw new IllegalStateException("out of buffers");
        };

        // When
        run(broken, 2);

        // Then
        assertThat(news).hasSize(2).allMatch(line -> line.contains("out of buffers"));
    }

    private void run(CameraSource source, int attempts) {
        run(source, attempts, 1);
    }

    private void run(CameraSource source, int attempts, long seed) {
        int before = pauses.size();
        new CameraRun(source, new Kept(), new Told(), new SplittableRandom(seed), pause -> {
                    pauses.add(pause);
                    if (pauses.size() - before == attempts) {
                        throw new InterruptedException();
                    }
                })
                .run();
        // It leaves the flag as it found it.
        assertThat(Thread.interrupted()).isTrue();
    }

    private final class Kept implements PictureSink {
        @Override
        public void opened(StreamFormat format) {}

        @Override
        public void take(Picture picture) {
            taken.add(picture);
        }

        @Override
        public void unusable(Unusable why) {}
    }

    private final class Told implements CameraNews {
        @Override
        public void connected(StreamFormat format) {
            news.add("connected: " + format.told());
        }

        @Override
        public void lost(CameraFault fault) {
            news.add("lost: " + fault.getMessage());
        }
    }
}
