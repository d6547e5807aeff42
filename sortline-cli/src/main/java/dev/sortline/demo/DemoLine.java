// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.camera.publishing.FramePublisher;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.replay.ReplayCamera;
import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.camera.replay.ReplaySettings;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.console.OperatorConsole;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.plant.SimulatedPlant;
import dev.sortline.gateway.ActuatorGateway;
import dev.sortline.gateway.GatewaySettings;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * The whole line in this process: embedded broker, a camera a line over a folder of labelled pictures, the classifier, the gateway, a
 * controller with the belts that it moves, a score that is kept from outside, and the operator's page, where photos go to a line of their own.
 */
public final class DemoLine {
    private static final String CAMERA = "camera-1";

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
     * @param page what the operator's page shows beside the demo's lines, and where; empty for none
     */
    public record Settings(
            Path frames,
            Path model,
            Line line,
            FiringSettings firing,
            int lines,
            double framesPerSecond,
            Duration duration,
            Optional<ConsoleSettings> page) {
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

        /** All lines that frames are taken of: those with a camera, and the one for photos to try. */
        private Map<String, Line> takenLines() {
            Map<String, Line> taken = new LinkedHashMap<>(allLines());
            trialLine().ifPresent(trial -> taken.put(trial.id(), trial));
            return taken;
        }

        private StreamSettings stream(Map<String, Object> kafka) {
            return new StreamSettings(
                    kafka,
                    takenLines(),
                    CameraWatchSettings.DEFAULT,
                    GateSettings.DEFAULT,
                    ReviewSettings.DEFAULT,
                    trialLine().map(Line::id));
        }

        private Optional<Line> trialLine() {
            return page.flatMap(settings -> settings.trialLine().map(settings.lines()::get));
        }

        private Optional<ConsoleSettings> page(Map<String, Object> kafka) {
            return page.map(settings -> new ConsoleSettings(
                    kafka,
                    takenLines(),
                    settings.trialLine(),
                    settings.plans(),
                    settings.model(),
                    settings.shadow(),
                    settings.shifts(),
                    settings.access()));
        }

        private Map<String, BeltGeometry> belts() {
            return belts(line, lines);
        }

        private GatewaySettings gateway(Map<String, Object> kafka, SimulatedPlant plant) {
            var live = new FiringSettings(
                    false,
                    firing.watchdogMillis(),
                    firing.toleranceMillis(),
                    firing.pulseMillis(),
                    firing.recoveryMillis());
            return new GatewaySettings(kafka, takenLines().keySet(), live, Map.of("plc", plant.driver()));
        }
    }

    public DemoLine(Settings settings, StopSignal signal, DemoDisplay display) {
        this.settings = settings;
        this.signal = signal;
        this.display = display;
    }

    /**
     * Warms the line up with frames that do not count. Then runs until the time is over or the process is told to stop, and lets every frame
     * find its fate and every item land.
     *
     * @throws CommandFailure when a part does not start in time, or stops by itself
     */
    public DemoReport run() throws InterruptedException, IOException {
        var images = ReplayImage.inFolder(settings.frames());
        display.announce(settings);
        var opening = CompletableFuture.supplyAsync(() -> ImageClassifier.open(
                ModelPackage.load(settings.model()), ImageBounds.DEFAULT, InferenceSettings.MEASURED));
        try (var broker = EmbeddedBroker.start();
                var classifier = opening.join()) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            TopicSetup.createMissing(kafka);
            try (var plant = SimulatedPlant.start(
                            settings.belts(), CAMERA, LoopbackPort.free(), InstantSource.system());
                    var gateway = new ActuatorGateway(settings.gateway(kafka, plant), meters);
                    var stream = new LineStream(settings.stream(kafka), classifier, meters);
                    var page = settings.page(kafka)
                            .map(console -> OperatorConsole.start(console, meters))
                            .orElse(null)) {
                display.serves(page == null ? null : page.address());
                var cold = new RunningLine(stream, gateway, plant, new Scoreboard(settings.line()), counts());
                cold.start();
                warmUp(images, kafka, cold);
                var running = cold.countedAnew(settings.line(), counts());
                Duration filmed = film(images, kafka, running, settings.duration(), run -> {
                    display.update(settings, running.standing(run));
                    return false;
                });
                return running.report(filmed, classifier.model());
            }
        }
    }

    private void warmUp(List<ReplayImage> images, Map<String, Object> kafka, RunningLine cold)
            throws InterruptedException {
        display.warmsUp();
        var warmUp = new WarmUp();
        Duration took = film(images, kafka, cold, WarmUp.MOST, run -> {
            var standing = cold.standing(run);
            return warmUp.isOver(run, standing.frames().late(), standing.firings());
        });
        display.begins(took.compareTo(WarmUp.MOST) < 0);
    }

    /** What is tried on the page is no part of the demo's figures. */
    private FateCounts counts() {
        return new FateCounts(meters, settings.allLines().keySet());
    }

    /**
     * Runs the cameras until the time is over or it is enough, and then the line until every frame has its fate and every item has landed.
     *
     * @param enough is asked about once a second, with the time for which the cameras have run
     * @return for how long the cameras ran
     */
    private Duration film(
            List<ReplayImage> images,
            Map<String, Object> kafka,
            RunningLine running,
            Duration most,
            Predicate<Duration> enough)
            throws InterruptedException {
        try (var reader = new EventReader(kafka, (event, readAt) -> routed(running, event, readAt))) {
            Duration filmed = runCameras(images, kafka, running, most, enough);
            running.drain();
            return filmed;
        }
    }

    private void routed(RunningLine running, RoutingEvent event, Instant readAt) {
        if (settings.allLines().containsKey(event.lineId())) {
            running.score().routed(event, readAt);
        }
    }

    private Duration runCameras(
            List<ReplayImage> images,
            Map<String, Object> kafka,
            RunningLine running,
            Duration most,
            Predicate<Duration> enough)
            throws InterruptedException {
        var replay = new ReplaySettings(settings.framesPerSecond(), true);
        var threads = new ArrayList<Thread>();
        var cameras = new ArrayList<ReplayCamera>();
        long started = System.nanoTime();
        try (var publisher = new FramePublisher(kafka, meters)) {
            for (String line : settings.allLines().keySet()) {
                var camera = new ReplayCamera(
                        new LineCamera(line, CAMERA), images, replay, publisher, InstantSource.system(), frame -> {
                            running.plant().enter(frame);
                            running.score().published(frame);
                        });
                cameras.add(camera);
                threads.add(new Thread(camera, "camera-" + line));
            }
            threads.forEach(Thread::start);
            Duration run = Duration.ZERO;
            boolean goesOn = true;
            while (goesOn && !running.failed() && !signal.await(tick(run, most), TimeUnit.MILLISECONDS)) {
                run = Duration.ofNanos(System.nanoTime() - started);
                goesOn = !enough.test(run) && run.compareTo(most) < 0;
            }
            cameras.forEach(ReplayCamera::stop);
            for (Thread thread : threads) {
                thread.join();
            }
        }
        return Duration.ofNanos(System.nanoTime() - started);
    }

    /** To the next whole second, or to the end of the run. */
    private static long tick(Duration run, Duration most) {
        long toNextSecond = 1_000 - run.toMillis() % 1_000;
        return Math.max(1, Math.min(toNextSecond, most.minus(run).toMillis()));
    }
}
