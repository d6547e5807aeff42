// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.camera.Frames;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.push.PushSourceSettings;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.camera.trigger.Admission;
import dev.sortline.camera.trigger.ItemSettings;
import dev.sortline.camera.trigger.TriggerSettings;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class LiveCameraTest {
    private static final LiveCamera.Looking NOT_INSTALLED = () -> {
        throw new CameraFault(CameraFault.Kind.NOT_INSTALLED, "FFmpeg cannot be loaded");
    };

    @Test
    void cameraRunsWithoutSightWhereFfmpegIsMissing() throws CameraFault {
        // Given
        CameraSettings settings = settings(null);

        // When
        var looking = LiveCamera.looking(Frames.CAMERA, settings, NOT_INSTALLED);

        // Then
        assertThat(looking).isNull();
    }

    @Test
    void cameraWhoseTriggerLooksAtPicturesNeedsFfmpeg() {
        // Given
        CameraSettings settings = settings(new ItemSettings(null, null, null, null, null));

        // When, Then
        assertThatThrownBy(() -> LiveCamera.looking(Frames.CAMERA, settings, NOT_INSTALLED))
                .hasMessage("FFmpeg cannot be loaded");
    }

    @Test
    void cameraThatHangsInALibraryIsLeftBehind() throws Exception {
        // Given
        var hangs = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var camera = camera(pictures -> {
            hangs.countDown();
            for (boolean free = false; !free; ) {
                try {
                    released.await();
                    free = true;
                } catch (InterruptedException e) {
                    // As a native call that knows no interrupt.
                }
            }
        });
        camera.start();
        hangs.await();
        long began = System.nanoTime();

        // When
        camera.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        released.countDown();
    }

    private static LiveCamera camera(CameraSource source) throws CameraFault {
        var meters = new SimpleMeterRegistry();
        return new LiveCamera(
                Frames.CAMERA,
                settings(null),
                source,
                (picture, small) -> Admission.FRAME,
                FramePublisher.through(Frames.promptKafka(), meters, 64, 1 << 20),
                meters,
                InstantSource.system());
    }

    private static CameraSettings settings(@Nullable TriggerSettings trigger) {
        return new CameraSettings(new PushSourceSettings(), trigger, null, null);
    }
}
