// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.camera.device.DeviceSettings;
import dev.sortline.camera.folder.FolderSettings;
import dev.sortline.camera.genicam.GenicamSettings;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.mjpeg.MjpegSettings;
import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.camera.push.PushSourceSettings;
import dev.sortline.camera.replay.ReplayCamera;
import dev.sortline.camera.rtsp.RtspSettings;
import dev.sortline.camera.source.SourceSettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.ManagementServer;
import dev.sortline.process.ProcessMetrics;
import dev.sortline.process.ProcessTracing;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.process.TopicUse;
import dev.sortline.tracing.FrameTracing;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
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
@Command(
        name = "produce",
        description = "Publish camera frames: those of all cameras of a line file, or of one camera.",
        mixinStandardHelpOptions = true,
        sortOptions = false)
final class ProduceCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(ProduceCommand.class);

    private final StopSignal signal;

    @Spec
    private CommandSpec spec;

    @Mixin
    private ClusterOptions live;

    ProduceCommand(StopSignal signal) {
        this.signal = signal;
    }

    @Override
    public Integer call() throws InterruptedException {
        LineFile file = live.lineFile()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "say what to publish: --config line.yaml with its cameras, or one of the commands below"));
        if (file.cameras().isEmpty()) {
            throw CommandFailure.ofConfiguration(
                    "the line file has no cameras: describe them under 'cameras', or name one by a command of sortline produce");
        }
        return film(live, live.kafka(Optional.of(file)), file.cameras(), file.push());
    }

    /** {@code sortline produce mjpeg URL}. */
    @Command(
            name = "mjpeg",
            description = "Film with a network camera that gives JPEGs over HTTP, as a stream or picture by picture.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int mjpeg(
            @Parameters(paramLabel = "URL", description = "Where it is, by http or https.") String url,
            @Mixin PasswordOptions password,
            @Mixin OneCameraOptions camera,
            @Mixin ClusterOptions to)
            throws InterruptedException {
        return film(camera, to, () -> new MjpegSettings(url, password.user(), password.file(), null, null, null, null));
    }

    /** {@code sortline produce rtsp URL}. */
    @Command(
            name = "rtsp",
            description = "Film with a network camera that speaks RTSP: H.264, H.265 or JPEGs.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int rtsp(
            @Parameters(paramLabel = "URL", description = "Where it is, by rtsp or rtsps.") String url,
            @Mixin PasswordOptions password,
            @Mixin OneCameraOptions camera,
            @Mixin ClusterOptions to)
            throws InterruptedException {
        return film(camera, to, () -> new RtspSettings(url, password.user(), password.file(), null, null, null));
    }

    /** {@code sortline produce device PATH}. */
    @Command(
            name = "device",
            description = "Film with a camera at this machine, by Video4Linux.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int device(
            @Parameters(paramLabel = "PATH", description = "The device, as /dev/video0.") Path path,
            @Option(names = "--size", paramLabel = "WxH", description = "Width and height that it is asked for.")
                    @Nullable String size,
            @Option(names = "--fps", paramLabel = "F", description = "Pictures a second that it is asked for.")
                    @Nullable Double framesPerSecond,
            @Mixin OneCameraOptions camera,
            @Mixin ClusterOptions to)
            throws InterruptedException {
        return film(camera, to, () -> {
            @Nullable Integer[] sides = sides(size);
            return new DeviceSettings(path, sides[0], sides[1], framesPerSecond, null);
        });
    }

    /** {@code sortline produce genicam ADDRESS}. */
    @Command(
            name = "genicam",
            description = "Film with a machine-vision camera, GigE Vision or USB3 Vision, through Aravis.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int genicam(
            @Parameters(
                            paramLabel = "ADDRESS",
                            arity = "0..1",
                            description = "Its address or id (default: the only one).")
                    @Nullable String address,
            @Mixin OneCameraOptions camera,
            @Mixin ClusterOptions to)
            throws InterruptedException {
        return film(camera, to, () -> new GenicamSettings(address, null, null, null, null, null));
    }

    /** {@code sortline produce watch DIR}. */
    @Command(
            name = "watch",
            description = "Publish the pictures that a smart camera drops into a folder, each once.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int watch(
            @Parameters(paramLabel = "DIR", description = "The folder.") Path folder,
            @Option(
                            names = "--move-to",
                            paramLabel = "DIR",
                            description =
                                    "Where files go once the broker has their picture (default: they are deleted).")
                    @Nullable Path moveTo,
            @Option(
                            names = "--line",
                            paramLabel = "ID",
                            defaultValue = "line-1",
                            description = "The line that it looks at (default: ${DEFAULT-VALUE}).")
                    String line,
            @Option(
                            names = "--camera",
                            paramLabel = "ID",
                            defaultValue = "camera-1",
                            description = "What it is called on its line (default: ${DEFAULT-VALUE}).")
                    String camera,
            @Mixin ClusterOptions to)
            throws InterruptedException {
        try {
            return film(
                    to,
                    to.kafka(to.lineFile()),
                    Map.of(
                            new LineCamera(line, camera),
                            new CameraSettings(new FolderSettings(folder, null, moveTo, null))),
                    PushSettings.DEFAULT);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    /** {@code sortline produce push}. */
    @Command(
            name = "push",
            description = "Take the pictures that cameras and scripts send: POST /frames/{line}/{camera}.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int push(
            @Option(names = "--port", paramLabel = "PORT", description = "Where they are taken (default: 8095).")
                    @Nullable Integer port,
            @Option(
                            names = "--address",
                            paramLabel = "HOST",
                            description = "The address that is listened on (default: this machine's own alone).")
                    @Nullable String address,
            @Option(
                            names = "--token-file",
                            paramLabel = "FILE",
                            description = "File whose first line, or env:NAME, every sender must give as bearer token.")
                    @Nullable Path tokenFile,
            @Option(
                            names = "--line",
                            paramLabel = "ID",
                            description = "A line that pictures are taken for; may be repeated (default: line-1).")
                    @Nullable List<String> lines,
            @Option(
                            names = "--camera",
                            paramLabel = "ID",
                            description = "A camera, on every line; may be repeated (default: camera-1).")
                    @Nullable List<String> cameras,
            @Mixin ClusterOptions to)
            throws InterruptedException {
        try {
            Map<LineCamera, CameraSettings> all = new LinkedHashMap<>();
            for (String line : lines == null ? List.of("line-1") : lines) {
                for (String camera : cameras == null ? List.of("camera-1") : cameras) {
                    all.put(new LineCamera(line, camera), new CameraSettings(new PushSourceSettings()));
                }
            }
            return film(to, to.kafka(to.lineFile()), all, new PushSettings(port, address, tokenFile));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(String.valueOf(e.getMessage()));
        }
    }

    private int film(OneCameraOptions camera, ClusterOptions to, Supplier<SourceSettings> source)
            throws InterruptedException {
        return film(
                to, to.kafka(to.lineFile()), Map.of(camera.camera(), camera.settings(source)), PushSettings.DEFAULT);
    }

    private int film(
            ClusterOptions to, Map<String, Object> kafka, Map<LineCamera, CameraSettings> cameras, PushSettings push)
            throws InterruptedException {
        String summary = new LiveProduction(to, kafka, cameras, push).run(signal);
        spec.commandLine().getOut().println(summary);
        return 0;
    }

    private static @Nullable Integer[] sides(@Nullable String size) {
        if (size == null) {
            return new @Nullable Integer[] {null, null};
        }
        String[] sides = size.split("x", -1);
        try {
            return new @Nullable Integer[] {Integer.valueOf(sides[0]), Integer.valueOf(sides[1])};
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "--size is '%s': must be width x height, as 1280x720".formatted(size), e);
        }
    }

    /** {@code sortline produce replay DIR}. */
    @Command(
            name = "replay",
            description = "Play a folder of images as if cameras saw them; sub-folders are named after their label.",
            mixinStandardHelpOptions = true,
            sortOptions = false)
    int replay(@Mixin ReplayOptions replay) throws InterruptedException {
        var images = replay.images();
        var file = replay.cluster().lineFile();
        var kafka = replay.cluster().kafka(file);
        var settings = replay.settings();
        var cameras = replay.cameras(file, spec.commandLine());
        int lines = Math.toIntExact(
                cameras.stream().map(LineCamera::lineId).distinct().count());
        TopicSetup.prepare(kafka, TopicUse.ofCameras(lines), replay.cluster().createsTopics());
        long began = System.nanoTime();
        try (var metrics = new ProcessMetrics(kafka);
                var tracing = ProcessTracing.of("produce")) {
            var publisher = publisher(kafka, metrics, tracing);
            boolean finished;
            try (publisher;
                    var management = management(replay.cluster(), metrics, publisher)) {
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
            spec.commandLine()
                    .getOut()
                    .println(ProductionSummary.of(totals, cameras.size(), System.nanoTime() - began));
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

    private static FramePublisher publisher(Map<String, Object> kafka, ProcessMetrics metrics, FrameTracing tracing) {
        try {
            return new FramePublisher(kafka, metrics.registry(), tracing);
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka's producer refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    private static @Nullable ManagementServer management(
            ClusterOptions cluster, ProcessMetrics metrics, FramePublisher publisher) {
        Integer port = cluster.httpPort();
        return port == null
                ? null
                : ManagementServer.start(
                        cluster.httpAddress(),
                        port,
                        metrics.registry(),
                        () -> publisher.totals().frames() > 0 ? List.of() : List.of("no frame is published yet"));
    }
}
