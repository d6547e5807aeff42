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
import dev.sortline.process.CommandFailure;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import dev.sortline.stream.Fate;
import dev.sortline.stream.Line;
import dev.sortline.stream.LineMetrics;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The whole line in this process: embedded broker, a camera a line over a folder of labelled pictures, the classifier,
 * and a plain consumer that keeps the score.
 */
public final class DemoLine {
    private static final Duration READY_WITHIN = Duration.ofSeconds(60);
    private static final Duration DRAINED_WITHIN = Duration.ofSeconds(15);

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
     * @param lines how many lines, at least 1
     * @param framesPerSecond frames a second of each line's camera, above 0
     * @param duration how long the cameras run, above 0
     */
    public record Settings(Path frames, Path model, Line line, int lines, double framesPerSecond, Duration duration) {
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
        }

        Map<String, Line> allLines() {
            Map<String, Line> all = new LinkedHashMap<>();
            for (int number = 1; number <= lines; number++) {
                String id = "line-" + number;
                all.put(id, new Line(id, line.belt(), line.plan(), line.framesPerItem()));
            }
            return all;
        }
    }

    public DemoLine(Settings settings, StopSignal signal, DemoDisplay display) {
        this.settings = settings;
        this.signal = signal;
        this.display = display;
    }

    /**
     * Runs until the time is over or the process is told to stop, then lets every frame find its fate.
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
            try (var stream = new LineStream(new StreamSettings(kafka, settings.allLines()), classifier, meters);
                    var reader = ActuationReader.start(kafka, score::routed)) {
                stream.start();
                waitUntil(stream, "the stream takes frames", READY_WITHIN, stream::ready);
                Duration filmed = film(images, kafka, stream, score);
                waitUntil(stream, "every frame has its fate", DRAINED_WITHIN, () -> frames(score)
                        .complete());
                waitUntil(stream, "every event is read", DRAINED_WITHIN, () -> score.items() == events());
                return report(score, filmed, classifier.model());
            }
        }
    }

    /** Runs the cameras until the time is over; gives the time for which they ran. */
    private Duration film(List<LabelledImage> images, Map<String, Object> kafka, LineStream stream, Scoreboard score)
            throws InterruptedException {
        var replay = new ReplaySettings(settings.framesPerSecond(), true);
        var threads = new ArrayList<Thread>();
        var cameras = new ArrayList<ReplayCamera>();
        long started = System.nanoTime();
        try (var publisher = new FramePublisher(kafka, meters)) {
            for (String line : settings.allLines().keySet()) {
                var camera = new ReplayCamera(
                        new Camera(line, "camera-1"),
                        images,
                        replay,
                        publisher,
                        InstantSource.system(),
                        score::published);
                cameras.add(camera);
                threads.add(new Thread(camera, "camera-" + line));
            }
            threads.forEach(Thread::start);
            Duration run = Duration.ZERO;
            while (run.compareTo(settings.duration()) < 0
                    && !stream.end().isDone()
                    && !signal.await(tick(run), TimeUnit.MILLISECONDS)) {
                run = Duration.ofNanos(System.nanoTime() - started);
                display.update(settings, run, frames(score), score);
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

    private void waitUntil(LineStream stream, String what, Duration within, BooleanSupplier condition)
            throws InterruptedException {
        long started = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (stream.end().isDone() || System.nanoTime() - started > within.toNanos()) {
                throw CommandFailure.whileRunning("gave up waiting until " + what, failure(stream));
            }
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    private static @Nullable Throwable failure(LineStream stream) {
        return stream.end().handle((done, failure) -> failure).getNow(null);
    }

    private DemoReport report(Scoreboard score, Duration filmed, ModelPackage model) {
        double seconds = filmed.toMillis() / 1_000.0;
        Frames frames = frames(score);
        return new DemoReport(
                seconds,
                frames,
                score.items(),
                frames.fated() / seconds,
                score.latency(),
                score.accuracy(),
                score.lanes(),
                score.decisions(),
                new RoutingEvent.Model(model.name(), model.version()));
    }

    private Frames frames(Scoreboard score) {
        return new Frames(
                score.published(), count(Fate.ROUTED), count(Fate.EMPTY), count(Fate.LATE), count(Fate.UNREADABLE));
    }

    private long count(Fate fate) {
        return total(LineMetrics.FRAMES, Tag.of("fate", fate.name().toLowerCase(Locale.ROOT)));
    }

    private long events() {
        return total(LineMetrics.DECISIONS);
    }

    private long total(String counters, Tag... tags) {
        return meters.find(counters).tags(List.of(tags)).counters().stream()
                .mapToLong(counter -> (long) counter.count())
                .sum();
    }
}
