// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.CannotFilmException;
import dev.sortline.camera.LiveCameras;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.process.CertificateExpiry;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.Health;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.ProcessTracing;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import dev.sortline.tracing.FrameTracing;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Live cameras in a process of their own, until it is told to stop. */
final class LiveProduction {
    private static final Logger LOG = LoggerFactory.getLogger(LiveProduction.class);

    private final ClusterOptions options;
    private final Map<String, Object> kafka;
    private final Map<LineCamera, CameraSettings> cameras;
    private final PushSettings push;

    LiveProduction(
            ClusterOptions options,
            Map<String, Object> kafka,
            Map<LineCamera, CameraSettings> cameras,
            PushSettings push) {
        this.options = options;
        this.kafka = kafka;
        this.cameras = cameras;
        this.push = push;
    }

    /**
     * Films until it is told to stop.
     *
     * @return what the publisher did in all
     * @throws CommandFailure when it cannot be done as it is asked for
     */
    String run(StopSignal signal) throws InterruptedException {
        int lines = Math.toIntExact(
                cameras.keySet().stream().map(LineCamera::lineId).distinct().count());
        TopicSetup.prepare(kafka, TopicUse.ofCameras(lines), options.createsTopics());
        long began = System.nanoTime();
        try (var metrics = new ProcessMetrics(kafka);
                var tracing = ProcessTracing.of("produce")) {
            watchCertificates(metrics);
            FramePublisher publisher = publisher(metrics, tracing);
            LiveCameras running;
            try (publisher;
                    var live = start(publisher, metrics);
                    var management = options.httpPort() == null
                            ? null
                            : ManagementServer.start(
                                    options.httpAddress(),
                                    options.httpPort(),
                                    metrics.registry(),
                                    new CameraHealth(publisher, live))) {
                running = live;
                LOG.info(
                        "Filming with {}{}",
                        cameras.keySet(),
                        management == null ? "" : ", health and metrics on port " + management.port());
                while (!signal.await(1, TimeUnit.MINUTES)) {
                    // until somebody says so
                }
            }
            running.leaveFolders();
            return ProductionSummary.of(publisher.totals(), cameras.size(), System.nanoTime() - began);
        }
    }

    private void watchCertificates(ProcessMetrics metrics) {
        cameras.forEach((camera, settings) -> {
            if (settings.source() instanceof MjpegSettings mjpeg && mjpeg.tls() != null) {
                CertificateExpiry.watch(
                        metrics.registry(), "camera " + camera, mjpeg.tls().trust());
            }
        });
    }

    private FramePublisher publisher(ProcessMetrics metrics, FrameTracing tracing) {
        try {
            return FramePublisher.ofLiveCameras(kafka, metrics.registry(), tracing);
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka's producer refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    private LiveCameras start(FramePublisher publisher, ProcessMetrics metrics) {
        try {
            return LiveCameras.start(cameras, push, kafka, publisher, metrics.registry(), InstantSource.system());
        } catch (CannotFilmException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    /** Ready once a frame is published; a camera that fails keeps the others from nothing. */
    private record CameraHealth(FramePublisher publisher, LiveCameras cameras) implements Health {
        @Override
        public List<String> obstacles() {
            if (publisher.totals().frames() > 0) {
                return List.of();
            }
            List<String> troubles = cameras.troubles();
            return troubles.isEmpty() ? List.of("no frame is published yet") : troubles;
        }

        @Override
        public List<String> warnings() {
            return cameras.troubles();
        }
    }
}
