// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.camera.Camera;
import dev.sortline.camera.FramePublisher;
import dev.sortline.camera.LabelledImage;
import dev.sortline.camera.ReplayCamera;
import dev.sortline.camera.ReplaySettings;
import dev.sortline.classifier.ImageBounds;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.InferenceSettings;
import dev.sortline.classifier.ModelPackage;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.demo.belt.SimulatedPlant;
import dev.sortline.gateway.ActuatorGateway;
import dev.sortline.gateway.FiringSettings;
import dev.sortline.gateway.GatewaySettings;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.stream.BeltGeometry;
import dev.sortline.stream.Line;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole line in this process: embedded broker, a camera a line over a folder of labelled pictures, the classifier, the gateway, a
 * controller with the belts that it moves, and a score that is kept from outside.
 */
public final class DemoLine {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(15);
    private static final String CAMERA = "camera-1";
    private static final int SHOTS_SHOWN = 3;

    private final Settings settings;
    private final StopSignal signal;
    private final DemoDisplay display;
    private final MeterRegistry meters = new SimpleMeterRegistry();

    /**
     * What runs.
     *
     * @param frames folder of labelled pictures
     * @param model folder of the model package
     * @param line belt and plan of every line
     * @param firing when ejectors fire; a dry run of them fires here too, for nobody stands beside this belt
     * @param lines how many lines, at least 1
     * @param framesPerSecond frames a second of each line's camera, above 0
     * @param duration how long the cameras run, above 0
     */
    public record Settings(
            Path frames,
            Path model,
            Line line,
            FiringSettings firing,
            int lines,
            double framesPerSecond,
            Duration duration) {
        public Settings {
            if (lines < 1) {
                throw new IllegalArgumentException("--lines is %d: must be at least 1".formatted(lines));
            }
            if (!(framesPerSecond > 0) || framesPerSecond > 1_000) {
                throw new IllegalArgumentException(
                        "--fps is %s: must be above 0 and at most 1000".formatted(framesPerSecond));
            }
            if (duration.isNegative() || duration.isZero()) {
                throw new IllegalArgumentException(
                        "--seconds is %d: must be at least 1".formatted(duration.toSeconds()));
            }
            checkController(lines, belts(line, lines));
        }

        private static void checkController(int lines, Map<String, BeltGeometry> belts) {
            try {
                SimulatedPlant.places(belts);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(
                        "--lines is %d: the demo's one controller cannot have their coils and registers: %s"
                                .formatted(lines, e.getMessage()),
                        e);
            }
        }

        private static Map<String, BeltGeometry> belts(Line line, int lines) {
            Map<String, BeltGeometry> belts = new LinkedHashMap<>();
            for (int number = 1; number <= lines; number++) {
                belts.put("line-" + number, line.belt());
            }
            return belts;
        }

        Map<String, Line> allLines() {
            Map<String, Line> all = new LinkedHashMap<>();
            belts().forEach((id, belt) -> all.put(id, new Line(id, belt, line.plan(), line.framesPerItem())));
            return all;
        }

        private Map<String, BeltGeometry> belts() {
            return belts(line, lines);
        }

        private GatewaySettings gateway(Map<String, Object> kafka, SimulatedPlant plant) {
            var wet = new FiringSettings(
                    false,
                    firing.watchdogMillis(),
                    firing.toleranceMillis(),
                    firing.pulseMillis(),
                    firing.recoveryMillis());
            return new GatewaySettings(kafka, allLines().keySet(), wet, Map.of("plc", plant.driver()));
        }
    }

    public DemoLine(Settings settings, StopSignal signal, DemoDisplay display) {
        this.settings = settings;
        this.signal = signal;
        this.display = display;
    }

    /** What runs between start and end. */
    private record Parts(
            LineStream stream, ActuatorGateway gateway, SimulatedPlant plant, Scoreboard score, FateCounts counts) {
        boolean failed() {
            return stream.end().isDone() || gateway.end().isDone();
        }

        @Nullable Throwable failure() {
            return CompletableFuture.anyOf(stream.end(), gateway.end())
                    .handle((done, failure) -> failure)
                    .getNow(null);
        }

        Frames frames() {
            return counts.frames(score.published());
        }

        void advance() {
            plant.advance().forEach(score::landed);
        }

        boolean everyEventHasItsFate() {
            return counts.firings().values().stream().mapToLong(count -> count).sum() >= counts.events();
        }

        boolean everyItemHasLanded() {
            advance();
            return plant.isEmpty();
        }
    }

    /**
     * Runs until the time is over or the process is told to stop, then lets every frame find its fate and every item land.
     *
     * @throws CommandFailure when a part does not start in time, or stops by itself
     */
    public DemoReport run() throws InterruptedException, IOException {
        var images = LabelledImage.inFolder(settings.frames());
        display.announce(settings);
        var opening = CompletableFuture.supplyAsync(() -> ImageClassifier.open(
                ModelPackage.load(settings.model()), ImageBounds.DEFAULT, InferenceSettings.MEASURED));
        try (var broker = EmbeddedBroker.start();
                var classifier = opening.join()) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            TopicSetup.createMissing(kafka);
            var score = new Scoreboard(settings.line());
            try (var plant = SimulatedPlant.start(
                            settings.belts(), CAMERA, LoopbackPort.free(), InstantSource.system());
                    var gateway = new ActuatorGateway(settings.gateway(kafka, plant), meters);
                    var stream = new LineStream(new StreamSettings(kafka, settings.allLines()), classifier, meters);
                    var reader = ActuationReader.start(kafka, score::routed)) {
                var parts = new Parts(stream, gateway, plant, score, new FateCounts(meters));
                gateway.start();
                stream.start();
                waitUntil(parts, "the stream takes frames", READY_WITHIN, stream::ready);
                waitUntil(parts, "ejectors can fire", READY_WITHIN, () -> gateway.obstacles()
                        .isEmpty());
                Duration filmed = film(images, kafka, parts);
                drain(parts);
                return report(parts, filmed, classifier.model());
            }
        }
    }

    private void drain(Parts parts) throws InterruptedException {
        Duration landedWithin = DRAINED_WITHIN.plus(parts.plant().transit());
        waitUntil(parts, "every frame has its fate", DRAINED_WITHIN, () -> parts.frames()
                .complete());
        waitUntil(
                parts,
                "every event is read",
                DRAINED_WITHIN,
                () -> parts.score().items() == parts.counts().events());
        waitUntil(parts, "every event has its fate at the ejectors", landedWithin, parts::everyEventHasItsFate);
        waitUntil(parts, "every item has landed", landedWithin, parts::everyItemHasLanded);
    }

    /** Runs the cameras until the time is over; gives the time for which they ran. */
    private Duration film(List<LabelledImage> images, Map<String, Object> kafka, Parts parts)
            throws InterruptedException {
        var replay = new ReplaySettings(settings.framesPerSecond(), true);
        var threads = new ArrayList<Thread>();
        var cameras = new ArrayList<ReplayCamera>();
        long started = System.nanoTime();
        try (var publisher = new FramePublisher(kafka, meters)) {
            for (String line : settings.allLines().keySet()) {
                var camera = new ReplayCamera(
                        new Camera(line, CAMERA), images, replay, publisher, InstantSource.system(), frame -> {
                            parts.plant().enter(frame);
                            parts.score().published(frame);
                        });
                cameras.add(camera);
                threads.add(new Thread(camera, "camera-" + line));
            }
            threads.forEach(Thread::start);
            Duration run = Duration.ZERO;
            while (run.compareTo(settings.duration()) < 0
                    && !parts.failed()
                    && !signal.await(tick(run), TimeUnit.MILLISECONDS)) {
                run = Duration.ofNanos(System.nanoTime() - started);
                display.update(settings, standing(parts, run));
            }
            cameras.forEach(ReplayCamera::stop);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** To the next whole second, or to the end of the run. */
    private long tick(Duration run) {
        long toNextSecond = 1_000 - run.toMillis() % 1_000;
        return Math.max(1, Math.min(toNextSecond, settings.duration().minus(run).toMillis()));
    }

    private Standing standing(Parts parts, Duration run) {
        parts.advance();
        return new Standing(
                run,
                parts.frames(),
                parts.counts().firings(),
                parts.plant().shotCounts(),
                parts.plant().lastShots(SHOTS_SHOWN),
                parts.score());
    }

    private void waitUntil(Parts parts, String what, Duration within, BooleanSupplier condition)
            throws InterruptedException {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (parts.failed() || System.nanoTime() - started > within.toNanos()) {
                throw CommandFailure.whileRunning("gave up waiting until " + what, parts.failure());
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static DemoReport report(Parts parts, Duration filmed, ModelPackage model) {
        double seconds = filmed.toMillis() / 1_000.0;
        Frames frames = parts.frames();
        Scoreboard score = parts.score();
        return new DemoReport(
                seconds,
                frames,
                score.items(),
                frames.fated() / seconds,
                score.latency(),
                score.accuracy(),
                score.decisions(),
                parts.counts().firings(),
                parts.plant().shotCounts(),
                score.itemsOnBelt(),
                score.landedRight(),
                score.promisedRight(),
                score.lanes(),
                score.promisedLanes(),
                new RoutingEvent.Model(model.name(), model.version()));
    }
}
