// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.mjpeg.FakeCamera;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.mjpeg.Parts;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.ProducerMetrics;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.metrics.LineMetric;
import dev.sortline.tracing.FrameTracing;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live cameras while their broker is away: pictures are dropped and counted, and what comes after it is fresh. */
@Timeout(180)
@Tag("exhaustive")
class LiveCamerasOutageIT {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nContent-Type: multipart/x-mixed-replace; boundary=" + Parts.BOUNDARY;
    private static final Duration SOON = Duration.ofSeconds(40);
    private static final List<LineCamera> CAMERAS = List.of(
            new LineCamera("line-1", "left"), new LineCamera("line-1", "right"), new LineCamera("line-2", "above"));
    private static final double OLDEST_SECONDS = 8;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final Map<LineCamera, AtomicInteger> shown = new LinkedHashMap<>();
    private final Map<LineCamera, FakeCamera> servers = new LinkedHashMap<>();
    private volatile boolean showing = true;
    private BrokerProcess broker;
    private FramesOfTopic topic;
    private FramePublisher publisher;
    private LiveCameras cameras;

    @TempDir
    private Path folder;

    @BeforeEach
    void film() throws Exception {
        broker = BrokerProcess.start(folder);
        topic = FramesOfTopic.fromNowOn(broker);
        publisher = FramePublisher.ofLiveCameras(broker.clientProperties(), meters, FrameTracing.OFF);
        Map<LineCamera, CameraSettings> settings = new LinkedHashMap<>();
        for (LineCamera camera : CAMERAS) {
            var count = new AtomicInteger();
            shown.put(camera, count);
            var server = FakeCamera.answering((request, out) -> {
                out.write(FakeCamera.head(ANSWER));
                while (showing) {
                    out.write(new Parts()
                            .whole(Jpegs.small(count.incrementAndGet()))
                            .bytes());
                    TimeUnit.MILLISECONDS.sleep(50);
                }
                TimeUnit.MINUTES.sleep(3);
            });
            servers.put(camera, server);
            settings.put(camera, new CameraSettings(MjpegSettings.at(server.url())));
        }
        cameras = LiveCameras.start(
                settings, PushSettings.DEFAULT, broker.clientProperties(), publisher, meters, InstantSource.system());
        await().atMost(SOON).until(() -> CAMERAS.stream()
                .allMatch(camera -> topic.of(camera).size() > 5));
    }

    @AfterEach
    void stop() throws Exception {
        cameras.close();
        publisher.close();
        topic.close();
        for (FakeCamera server : servers.values()) {
            server.close();
        }
        broker.close();
    }

    @Test
    void framesAreFreshAfterAnOutageAndWhatCameMeanwhileIsCounted() throws Exception {
        // Given
        broker.kill();
        await().atMost(SOON).until(() -> CAMERAS.stream()
                .allMatch(camera -> Counted.of(meters, camera).dropped() > 250));
        double inFlight =
                meters.get(LineMetric.PRODUCER_IN_FLIGHT.meterName()).gauge().value();
        int before = topic.ids().size();

        // When
        broker.restart();
        await().atMost(SOON).until(() -> topic.ids().size() > before + 60);
        showing = false;

        // Then
        assertThat(inFlight).isLessThanOrEqualTo(4 * CAMERAS.size());
        for (LineCamera camera : CAMERAS) {
            await().atMost(SOON)
                    .until(() -> Counted.of(meters, camera).all()
                            == shown.get(camera).get());
            assertThat(meters.get(LineMetric.CAPTURE_TO_BROKER.meterName())
                            .tags(ProducerMetrics.LINE, camera.lineId(), ProducerMetrics.CAMERA, camera.cameraId())
                            .timer()
                            .max(TimeUnit.SECONDS))
                    .as("oldest frame of %s", camera)
                    .isLessThan(OLDEST_SECONDS);
            assertThatTopicHoldsWhatWasCounted(camera);
        }
    }

    @Test
    void stopWhileTheBrokerIsAwayTakesSecondsAndEveryPictureHasItsFate() throws Exception {
        // Given
        broker.kill();
        await().atMost(SOON).until(() -> CAMERAS.stream()
                .allMatch(camera -> Counted.of(meters, camera).dropped() > 10));
        showing = false;
        await().atMost(SOON).until(() -> CAMERAS.stream()
                .allMatch(camera -> Counted.of(meters, camera).all() + 5
                        >= shown.get(camera).get()));
        long began = System.nanoTime();

        // When
        cameras.close();
        publisher.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
        for (LineCamera camera : CAMERAS) {
            assertThat(Counted.of(meters, camera).all())
                    .isEqualTo(shown.get(camera).get());
        }
    }

    /** A frame that was not acknowledged in time may be there all the same. */
    private void assertThatTopicHoldsWhatWasCounted(LineCamera camera) {
        Counted counted = Counted.of(meters, camera);
        await().atMost(SOON).until(() -> topic.of(camera).size() >= counted.published());
        assertThat(topic.of(camera).size()).as("%s: %s", camera, counted).isBetween((int) counted.published(), (int)
                (counted.published() + counted.failed()));
        assertThat(topic.ids()).doesNotHaveDuplicates();
    }
}
