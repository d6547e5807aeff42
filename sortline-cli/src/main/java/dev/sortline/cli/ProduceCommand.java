// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.FramePublisher;
import dev.sortline.camera.ImageFolderException;
import dev.sortline.camera.LineCamera;
import dev.sortline.camera.Published;
import dev.sortline.camera.ReplayCamera;
import dev.sortline.camera.ReplayImage;
import dev.sortline.camera.ReplaySettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
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
    int replay(@Mixin Replay replay) throws InterruptedException {
        var images = images(replay.folder);
        var file = Optional.ofNullable(replay.config).map(LineFile::load);
        var kafka = kafka(replay, file);
        var settings = checked(() -> new ReplaySettings(replay.framesPerSecond, !replay.once));
        var cameras = cameras(replay, file);
        int lines = Math.toIntExact(
                cameras.stream().map(LineCamera::lineId).distinct().count());
        TopicSetup.prepare(kafka, TopicUse.ofCameras(lines), !replay.noCreateTopics);
        long began = System.nanoTime();
        try (var metrics = new ProcessMetrics()) {
            var publisher = publisher(kafka, metrics);
            boolean finished;
            try (publisher;
                    var management = management(replay, metrics, publisher)) {
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
                finished = run(running, publisher, replay.once ? (long) images.size() * cameras.size() : -1);
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

    private static List<ReplayImage> images(Path folder) {
        try {
            return ReplayImage.inFolder(folder);
        } catch (ImageFolderException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, Object> kafka(Replay replay, Optional<LineFile> file) {
        var kafka = new HashMap<String, Object>(file.map(LineFile::kafka).orElse(Map.of()));
        if (replay.bootstrapServers != null) {
            kafka.put("bootstrap.servers", replay.bootstrapServers);
        }
        kafka.putIfAbsent("bootstrap.servers", "localhost:9092");
        return kafka;
    }

    private List<LineCamera> cameras(Replay replay, Optional<LineFile> file) {
        var described =
                file.map(lineFile -> lineFile.lines().keySet().stream().sorted().toList());
        var lines = ids("line", replay.lines, replay.lineCount, described.orElse(List.of("line-1")));
        var cameras = ids("camera", replay.cameras, replay.cameraCount, List.of("camera-1"));
        return lines.stream()
                .flatMap(line -> cameras.stream().map(camera -> checked(() -> new LineCamera(line, camera))))
                .toList();
    }

    private List<String> ids(String kind, List<String> named, @Nullable Integer count, List<String> otherwise) {
        if (count == null) {
            return named.isEmpty() ? otherwise : named.stream().distinct().toList();
        }
        if (!named.isEmpty() || count < 1) {
            throw new ParameterException(
                    spec.commandLine(),
                    "--%ss is %d: must be at least 1, and cannot go with --%s".formatted(kind, count, kind));
        }
        return IntStream.rangeClosed(1, count)
                .mapToObj(number -> kind + "-" + number)
                .toList();
    }

    private static FramePublisher publisher(Map<String, Object> kafka, ProcessMetrics metrics) {
        try {
            return new FramePublisher(kafka, metrics.registry());
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka's producer refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    /** The line file's port is the classifier's, which often runs on the same machine. */
    private static @Nullable ManagementServer management(
            Replay replay, ProcessMetrics metrics, FramePublisher publisher) {
        return replay.httpPort == null
                ? null
                : ManagementServer.start(
                        replay.httpPort,
                        metrics.registry(),
                        () -> publisher.totals().frames() > 0 ? List.of() : List.of("no frame is published yet"));
    }

    private static <T> T checked(Supplier<T> making) {
        try {
            return making.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
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

    /** The options of {@code replay}. */
    static final class Replay {
        @Parameters(paramLabel = "DIR", description = "A folder of .jpg or .png images, or of one such folder a label.")
        private Path folder;

        @Option(
                names = "--line",
                paramLabel = "ID",
                description = "A line to publish to; may be repeated (default: the lines of --config, else line-1).")
        private List<String> lines = List.of();

        @Option(
                names = "--camera",
                paramLabel = "ID",
                description = "A camera, on every line; may be repeated (default: camera-1).")
        private List<String> cameras = List.of();

        @Option(names = "--lines", paramLabel = "N", description = "Publish to line-1 to line-N.")
        private @Nullable Integer lineCount;

        @Option(names = "--cameras", paramLabel = "N", description = "Have camera-1 to camera-N on every line.")
        private @Nullable Integer cameraCount;

        @Option(
                names = "--fps",
                paramLabel = "F",
                defaultValue = "10",
                description = "Frames a second of each camera, up to 1000 (default: ${DEFAULT-VALUE}).")
        private double framesPerSecond;

        @Option(names = "--once", description = "Stop after the last image instead of beginning again.")
        private boolean once;

        @Option(
                names = "--config",
                paramLabel = "line.yaml",
                description = "The line file, for Kafka's client properties and the lines.")
        private @Nullable Path config;

        @Option(
                names = "--bootstrap-servers",
                paramLabel = "HOST:PORT",
                description = "Where Kafka is (default: that of --config, else localhost:9092).")
        private @Nullable String bootstrapServers;

        @Option(
                names = "--http-port",
                paramLabel = "PORT",
                description = "Serve health and metrics here (default: nowhere).")
        private @Nullable Integer httpPort;

        @Option(names = "--no-create-topics", description = "Leave the topics to an administrator: create none.")
        private boolean noCreateTopics;
    }
}
