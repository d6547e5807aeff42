// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.picture.Picture;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraFault.Kind;
import dev.sortline.camera.source.PictureSink;
import dev.sortline.camera.source.StreamFormat;
import dev.sortline.camera.time.CaptureTime.Basis;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;

/** Against Aravis' fake camera. */
@Timeout(120)
@EnabledIf(
        value = "dev.sortline.camera.genicam.FakeGigeCamera#isInstalled",
        disabledReason = "Aravis' fake camera is not installed (Debian: aravis-tools)")
class GenicamCameraIT {
    /** Longer than a busy machine takes to give its turn to the fake camera. */
    private static final int SILENT_MILLIS = 30_000;

    private static final GenicamSettings SOON_TOLD =
            new GenicamSettings(FakeGigeCamera.ADDRESS, null, null, null, 3_000, null);

    private final Seen seen = new Seen();
    private FakeGigeCamera peer;
    private @Nullable Filming filming;

    @BeforeEach
    void startPeer() throws Exception {
        peer = new FakeGigeCamera();
    }

    @AfterEach
    void stopPeer() throws Exception {
        if (filming != null) {
            filming.stop();
        }
        peer.close();
    }

    @Test
    void picturesComeAsJpegsWithTheSensorsTime() throws Exception {
        // When
        filmUntilSeen(settings(FakeGigeCamera.ADDRESS, null), seen);

        // Then
        await().until(() -> seen.pictures.size() >= 30);
        assertThat(seen.formats).singleElement().satisfies(format -> {
            assertThat(format.width()).isEqualTo(512);
            assertThat(format.height()).isEqualTo(512);
        });
        Picture last = seen.pictures.stream().reduce((a, b) -> b).orElseThrow();
        Instant now = Instant.now();
        var image = ImageIO.read(new ByteArrayInputStream(last.bytes()));
        assertThat(image.getWidth()).isEqualTo(512);
        assertThat(last.captured().basis()).isEqualTo(Basis.SENSOR);
        assertThat(last.captured().at()).isBetween(now.minusSeconds(5), now);
        assertThat(last.captured().uncertainty()).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void setDelayIsTakenOffTheTime() throws Exception {
        // When
        filmUntilSeen(settings(FakeGigeCamera.ADDRESS, 2_000), seen);

        // Then
        assertThat(seen.pictures.element().captured().at())
                .isBefore(Instant.now().minusMillis(2_000));
    }

    @Test
    void interruptEndsItAndTheCameraCanBeHadAgainAtOnce() throws Exception {
        // Given
        filmUntilSeen(settings(FakeGigeCamera.ADDRESS, null), seen);

        // When
        filming.stop();
        var again = new Seen();
        filming = new Filming(settings(FakeGigeCamera.ADDRESS, null), again);

        // Then
        await().until(() -> !again.pictures.isEmpty());
    }

    @Test
    void cameraThatIsKilledIsAFaultAndFilmsAgainWhenItIsBack() throws Exception {
        // Given
        filmUntilSeen(SOON_TOLD, seen);

        // When
        peer.close();
        var fault = filming.fault();
        peer = new FakeGigeCamera();
        var again = new Seen();
        filmUntilSeen(SOON_TOLD, again);

        // Then
        assertThat(fault.kind()).isIn(Kind.SILENT, Kind.ENDED);
        assertThat(again.pictures).isNotEmpty();
    }

    @Test
    void colourOfASensorWithFiltersIsMadeHere() throws Exception {
        // When
        filmUntilSeen(new GenicamSettings(FakeGigeCamera.ADDRESS, "BayerRG8", 80, null, null, null), seen);

        // Then
        var image =
                ImageIO.read(new ByteArrayInputStream(seen.pictures.element().bytes()));
        assertThat(image.getRaster().getNumBands()).isEqualTo(3);
    }

    @Test
    void triggerSourceThatTheCameraHasNotIsTold() throws Exception {
        // When
        filming = new Filming(new GenicamSettings(FakeGigeCamera.ADDRESS, null, null, "Line7", null, null), seen);

        // Then
        assertThat(filming.fault().kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(filming.fault()).hasMessageContaining("cannot be triggered by Line7");
    }

    @Test
    void addressWhereNobodyAnswersIsTold() throws Exception {
        // When
        film(settings("127.0.0.9", null));

        // Then
        assertThat(filming.fault().kind()).isEqualTo(Kind.UNREACHABLE);
    }

    @Test
    void idThatNoCameraHasIsToldWithThoseThatAreThere() throws Exception {
        // When
        film(settings("Nobody-12", null));

        // Then
        assertThat(filming.fault().kind()).isEqualTo(Kind.NOT_FOUND);
        assertThat(filming.fault()).hasMessageContaining("Nobody-12");
    }

    /** Films, and begins again while the camera is not there yet, or starved of a processor. */
    private void filmUntilSeen(GenicamSettings settings, Seen seen) {
        await().until(() -> {
            // Of one that saw nothing.
            seen.formats.clear();
            filming = new Filming(settings, seen);
            await().until(() -> !seen.pictures.isEmpty() || filming.task.isDone());
            return !seen.pictures.isEmpty();
        });
    }

    private void film(GenicamSettings settings) {
        filming = new Filming(settings, seen);
    }

    private static GenicamSettings settings(String address, @Nullable Integer delayMillis) {
        return new GenicamSettings(address, null, null, null, SILENT_MILLIS, delayMillis);
    }

    /** A camera that films on a thread of its own. */
    private static final class Filming {
        private final FutureTask<CameraFault> task;
        private final Thread thread;

        Filming(GenicamSettings settings, Seen seen) {
            task = new FutureTask<>(() -> {
                try {
                    settings.open(InstantSource.system()).film(seen);
                    throw new AssertionError("ended without a fault");
                } catch (CameraFault e) {
                    return e;
                }
            });
            thread = new Thread(task, "films");
            thread.start();
        }

        CameraFault fault() throws Exception {
            return task.get(60, TimeUnit.SECONDS);
        }

        void stop() throws InterruptedException {
            thread.interrupt();
            thread.join();
        }
    }

    /** Remembers what it is given. */
    private static final class Seen implements PictureSink {
        private final Queue<StreamFormat> formats = new ConcurrentLinkedQueue<>();
        private final Queue<Picture> pictures = new ConcurrentLinkedQueue<>();
        private final Queue<Unusable> unusable = new ConcurrentLinkedQueue<>();

        @Override
        public void opened(StreamFormat format) {
            formats.add(format);
        }

        @Override
        public void take(Picture picture) {
            pictures.add(picture);
        }

        @Override
        public void unusable(Unusable why) {
            unusable.add(why);
        }
    }
}
