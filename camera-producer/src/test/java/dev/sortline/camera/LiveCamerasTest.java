// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.folder.FolderSettings;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveCamerasTest {
    private static final Duration SOON = Duration.ofSeconds(40);

    @TempDir
    private Path temp;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void watchedFolderThatIsAwayIsToldUntilItIsThere() throws IOException {
        // Given
        Path folder = temp.resolve("drops");
        try (var publisher = FramePublisher.through(Frames.promptKafka(), meters, 64, 1 << 20);
                var cameras = LiveCameras.start(
                        Map.of(Frames.CAMERA, new CameraSettings(new FolderSettings(folder, 40, null, null))),
                        PushSettings.DEFAULT,
                        Map.of("bootstrap.servers", "127.0.0.1:1"),
                        publisher,
                        meters,
                        InstantSource.system())) {
            await().atMost(SOON).until(() -> connected() == 0);
            var away = cameras.troubles();

            // When
            Files.createDirectory(folder);

            // Then
            await().atMost(SOON).until(() -> connected() == 1);
            assertThat(away).singleElement().asString().contains("folder " + folder + " is waited for");
            assertThat(cameras.troubles()).isEmpty();
        }
    }

    private double connected() {
        return meters.get(LineMetric.CAMERA_CONNECTED.meterName())
                .tags("line", Frames.CAMERA.lineId(), "camera", Frames.CAMERA.cameraId())
                .gauge()
                .value();
    }
}
