// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.camera.HandClock;
import dev.sortline.camera.Jpegs;
import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.sight.SightTrouble;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CameraCheckTest {
    private static final Duration LONG = Duration.ofMinutes(5);

    private final HandClock clock = new HandClock();

    @Test
    void tellsRateSizeAndRhythmOfWhatCame() throws Exception {
        // Given
        byte[] jpeg = Jpegs.noise(64, 48, 1);
        CameraSource camera = pictures -> {
            pictures.opened(new StreamFormat("mjpeg", 0, 0, 25));
            for (int gap : List.of(0, 100, 100, 100, 300)) {
                clock.advance(Duration.ofMillis(gap));
                pictures.take(arrived(jpeg));
            }
            throw ended();
        };

        // When
        CheckedCamera found = check(camera).run(LONG);

        // Then
        assertThat(found.pictures().count()).isEqualTo(5);
        assertThat(found.pictures().perSecond()).isEqualTo(4 / 0.6, within(1e-9));
        assertThat(found.pictures().width()).isEqualTo(64);
        assertThat(found.pictures().height()).isEqualTo(48);
        assertThat(found.pictures().meanBytes()).isEqualTo(jpeg.length);
        assertThat(found.gaps()).isEqualTo(new CheckedCamera.Gaps(100, 300, 300));
        assertThat(found.lines())
                .contains(
                        "camera    mjpeg, http://x/",
                        "says      mjpeg, 25.00 frames a second",
                        "rhythm    100.0 ms from picture to picture in the middle, 300.0 ms at 95 of 100, 300.0 ms at most",
                        "wrong     ended: http://x/: it ended the stream")
                .anyMatch(line -> line.startsWith("pictures  5 in 0.6 s, 6.7 a second; image/jpeg, 64 x 48, "));
    }

    @Test
    void keepsTheNewestPicture() throws Exception {
        // Given
        CameraSource camera = pictures -> {
            pictures.take(arrived(Jpegs.small(1)));
            pictures.take(arrived(Jpegs.small(2)));
            throw ended();
        };
        CameraCheck check = check(camera);

        // When
        CheckedCamera found = check.run(LONG);

        // Then
        assertThat(found.sees()).isTrue();
        assertThat(check.picture().orElseThrow().bytes()).isEqualTo(Jpegs.small(2));
    }

    @Test
    void tellsHowLongPicturesTookToComeWhereTheCameraTellsWhenItSent() throws Exception {
        // Given
        var captured =
                new CaptureTime(HandClock.START.minusMillis(40), Duration.ofMillis(15), CaptureTime.Basis.SENDER);
        CameraSource camera = pictures -> {
            pictures.take(new Picture(Jpegs.small(1), Picture.JPEG, captured));
            throw ended();
        };

        // When
        CheckedCamera found = check(camera).run(LONG);

        // Then
        assertThat(found.clock()).isEqualTo(new CheckedCamera.Clock(CaptureTime.Basis.SENDER, 15, 40));
        assertThat(found.lines())
                .contains("clock     it tells when it sent, to ±15.0 ms by ours; pictures are here 40.0 ms later");
    }

    @Test
    void cameraThatSeesNothingButBlackIsTold() throws Exception {
        // Given
        byte[] black = black();
        CameraSource camera = pictures -> {
            pictures.take(arrived(black));
            throw ended();
        };

        // When
        CheckedCamera found = check(camera).run(LONG);

        // Then
        assertThat(found.sight().trouble()).isEqualTo(SightTrouble.DARK);
        assertThat(found.lines())
                .contains(
                        "sight     brightness 0 of 255, 100 % black, 0 % white, nothing of which sharpness could be told;"
                                + " it sees black: is the light on, and the lens free?");
    }

    @Test
    void whatCannotBeSentIsCountedByWhy() throws Exception {
        // Given
        CameraSource camera = pictures -> {
            pictures.unusable(PictureSink.Unusable.CUT);
            pictures.unusable(PictureSink.Unusable.CUT);
            pictures.take(arrived(new byte[Picture.MAX_BYTES + 1]));
            throw ended();
        };

        // When
        CheckedCamera found = check(camera).run(LONG);

        // Then
        assertThat(found.sees()).isFalse();
        assertThat(found.lines())
                .contains(
                        "unusable  2 of which a part is missing: look at the network",
                        "unusable  1 too large to be sent: make them smaller in the camera");
    }

    @ParameterizedTest
    @CsvSource({
        "UNREACHABLE, not reached",
        "REFUSED, password",
        "NOT_FOUND, not there",
        "NO_VIDEO, not video",
        "CODEC, codec",
        "NO_KEY_FRAME, no key frame",
        "SILENT, silent",
        "ENDED, ended",
        "NOT_INSTALLED, not installed"
    })
    void whatIsWrongIsSaidInWords(CameraFault.Kind kind, String words) throws Exception {
        // Given
        CameraSource camera = pictures -> {
            throw new CameraFault(kind, "http://x/: the camera's line");
        };

        // When
        CheckedCamera found = check(camera).run(LONG);

        // Then
        assertThat(found.sees()).isFalse();
        assertThat(found.obstacle()).isEqualTo(words + ": http://x/: the camera's line");
    }

    @Test
    void mistakeOfALibraryIsAFault() throws Exception {
        // Given
        CameraSource camera = pictures -> {
            throw new IllegalStateException("beyond");
        };

        // When
        CheckedCamera found = check(camera).run(LONG);

        // Then
        assertThat(found.obstacle())
                .isEqualTo("ended: http://x/: reading the camera failed: java.lang.IllegalStateException: beyond");
    }

    @Test
    void whenTheTimeIsOverTheCameraIsLeftAndNothingIsWrong() throws Exception {
        // Given
        var left = new CountDownLatch(1);
        CameraSource camera = pictures -> {
            pictures.take(arrived(Jpegs.small(1)));
            try {
                Thread.currentThread().join();
            } catch (InterruptedException e) {
                left.countDown();
                throw new CameraFault(CameraFault.Kind.ENDED, "the connection broke");
            }
        };

        // When
        CheckedCamera found = check(camera).run(Duration.ofMillis(20));

        // Then
        assertThat(left.getCount()).isZero();
        assertThat(found.fault()).isNull();
        assertThat(found.pictures().count()).isEqualTo(1);
    }

    @Test
    void cameraThatGivesNothingIsNotWaitedForForEver() throws Exception {
        // Given
        CameraSource camera = pictures -> {
            pictures.opened(StreamFormat.JPEGS);
            Thread.currentThread().join();
        };
        var check = new CameraCheck("mjpeg", "http://x/", camera, clock, clock::nanos, Duration.ofMillis(20));

        // When
        CheckedCamera found = check.run(LONG);

        // Then
        assertThat(found.fault().kind()).isEqualTo(CameraFault.Kind.SILENT);
        assertThat(found.obstacle()).contains("no picture came within 0 s; does it wait for its trigger?");
    }

    private static CameraFault ended() {
        return new CameraFault(CameraFault.Kind.ENDED, "http://x/: it ended the stream");
    }

    private CameraCheck check(CameraSource camera) {
        return new CameraCheck("mjpeg", "http://x/", camera, clock, clock::nanos, LONG);
    }

    private Picture arrived(byte[] jpeg) {
        return new Picture(jpeg, Picture.JPEG, CaptureTime.ofArrival(clock.instant(), Duration.ZERO));
    }

    private static byte[] black() throws IOException {
        var bytes = new ByteArrayOutputStream();
        ImageIO.write(new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
        return bytes.toByteArray();
    }
}
