// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.publishing.Published;
import dev.sortline.camera.replay.ReplayCamera;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sortline produce}: cameras in, frames out, until it is told to stop or the cameras have no more. */
@Command(name = "produce", description = "Publish camera frames.", mixinStandardHelpOptions = true)
final class ProduceCommand implements Runnable {
    private static final Logger LOG = LoggerFactory.getLogger(ProduceCommand.class);

    private final StopSignal signal;

    @Spec
    private CommandSpec spec;

    ProduceCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "say what to publish: 'replay DIR' plays a folder of images");
    }

    /** {@code sortline produce replay DIR}. */
    @Command(
            name = "replay",
            description = "Play a folder of images as if cameras saw them; sub-folders are named after their label.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int replay(@Mixin ReplayOptions replay) throws InterruptedException {
        var images = replay.images();
        var file = replay.lineFile();
        var kafka = replay.kafka(file);
        var settings = replay.settings();
        var cameras = replay.cameras(file, spec.commandLine());
        int lines = Math.toIntExact(
                cameras.stream().map(LineCamera::lineId).distinct().count());
        TopicSetup.prepare(kafka, TopicUse.ofCameras(lines), replay.createsTopics());
        long began = System.nanoTime();
        try (var metrics = new ProcessMetrics()) {
            var publisher = publisher(kafka, metrics);
            boolean finished;
            try (publisher;
                    var management = management(replay.httpPort(), metrics, publisher)) {
                LOG.info(
                        "Playing {} images to {} at {} frames/s each{}",
                        images.size(),
                        cameras,
                        settings.framesPerSecond(),
                        management == null ? "" : ", health and metrics on port " + management.port());
                var running = cameras.stream()
                        .map(camera -> new ReplayCamera(
                                camera, images, settings, publisher, InstantSource.system(), published -> {}))
                        .toList();
                finished = run(running, publisher, replay.once() ? (long) images.size() * cameras.size() : -1);
            }
            // Only a closed publisher knows what became of the last frames.
            var totals = publisher.totals();
            var time = Duration.ofNanos(System.nanoTime() - began);
            spec.commandLine().getOut().println(summary(totals, cameras.size(), time));
            return finished && totals.failed() > 0 ? 1 : 0;
        }
    }

    /** Returns when all cameras have ended; {@code true} when they came to their end, {@code false} when told to stop. */
    private boolean run(List<ReplayCamera> cameras, FramePublisher publisher, long frames) throws InterruptedException {
        var threads = Executors.newFixedThreadPool(cameras.size());
        var ends = CompletableFuture.allOf(cameras.stream()
                .map(camera -> CompletableFuture.runAsync(camera, threads).whenComplete((done, failure) -> {
                    if (failure != null) {
                        signal.request();
                    }
                }))
                .toArray(CompletableFuture[]::new));
        var unused = ends.whenComplete((done, failure) -> signal.request());
        try (var progress = ReplayProgress.begin(frames)) {
            while (!signal.await(progress.interval().toMillis(), TimeUnit.MILLISECONDS)) {
                progress.show(publisher.totals());
            }
            boolean finished = ends.isDone();
            cameras.forEach(ReplayCamera::stop);
            ends.join();
            progress.end(publisher.totals());
            return finished;
        } catch (CompletionException e) {
            throw CommandFailure.whileRunning("a camera has stopped: " + e.getCause(), e);
        } finally {
            cameras.forEach(ReplayCamera::stop);
            threads.shutdown();
        }
    }

    private static FramePublisher publisher(Map<String, Object> kafka, ProcessMetrics metrics) {
        try {
            return new FramePublisher(kafka, metrics.registry());
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka's producer refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    private static @Nullable ManagementServer management(
            @Nullable Integer port, ProcessMetrics metrics, FramePublisher publisher) {
        return port == null
                ? null
                : ManagementServer.start(
                        port,
                        metrics.registry(),
                        () -> publisher.totals().frames() > 0 ? List.of() : List.of("no frame is published yet"));
    }

    private static String summary(Published totals, int cameras, Duration time) {
        return String.format(
                Locale.ROOT,
                "published %d frames (%.1f MB) of %d %s in %.1f s; failed %d, skipped %d; held back %d times, %.1f s in all",
                totals.frames(),
                totals.bytes() / 1e6,
                cameras,
                cameras == 1 ? "camera" : "cameras",
                seconds(time),
                totals.failed(),
                totals.skipped(),
                totals.heldBack(),
                seconds(totals.waited()));
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }
}
