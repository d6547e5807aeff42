// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.camera.BeltFilm;
import dev.sortline.benchmarks.camera.FfmpegCopy;
import dev.sortline.benchmarks.camera.MjpegCameras;
import dev.sortline.benchmarks.camera.RtspCamera;
import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.benchmarks.line.BenchFailure;
import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ProducedFrames;
import dev.sortline.benchmarks.line.ProducerProcess;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.CamerasReport;
import dev.sortline.benchmarks.report.CamerasReport.Filmed;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What does it take to film, and do many cameras in one process hold their rates? */
public final class CamerasBenchmark {
    private static final int FRAMES_PER_SECOND = 30;
    private static final int MANY = 16;
    private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(10);
    private static final Duration SETTLED_WITHIN = Duration.ofSeconds(10);

    private final TestBench bench;
    private final BenchmarkSettings settings;
    private final ProgressListener progress;
    private final BeltFilm film;
    private final List<String> leftOut = new ArrayList<>();

    private CamerasBenchmark(TestBench bench, BenchmarkSettings settings, ProgressListener progress, BeltFilm film) {
        this.bench = bench;
        this.settings = settings;
        this.progress = progress;
        this.film = film;
    }

    /**
     * Films with one MJPEG camera, with one RTSP camera, and with sixteen MJPEG cameras; beside the first two, {@code ffmpeg -c copy} reads the
     * same stream in turns with {@code sortline produce}.
     *
     * @param bench used by this benchmark alone while it runs
     * @throws BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static CamerasReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
            throws InterruptedException, IOException {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        BeltFilm film = BeltFilm.write(
                BeltPictures.of(bench.frames()).files(), bench.folder().resolve("film"));
        var benchmark = new CamerasBenchmark(bench, settings, progress, film);
        progress.begin("cameras", 2 * settings.turns() + 1);
        try {
            return benchmark.report(load);
        } finally {
            progress.end();
        }
    }

    private CamerasReport report(double load) throws InterruptedException, IOException {
        if (!FfmpegCopy.isInstalled()) {
            leftOut.add("ffmpeg -c copy: FFmpeg is not installed");
        }
        Filmed mjpeg = mjpeg();
        Filmed rtsp = rtsp();
        Filmed many = many();
        return new CamerasReport(
                settings.conditions(bench),
                load,
                BeltFilm.WIDTH + "x" + BeltFilm.HEIGHT,
                FRAMES_PER_SECOND,
                film.meanBytes(),
                mjpeg,
                rtsp,
                many,
                leftOut);
    }

    private Filmed mjpeg() throws InterruptedException, IOException {
        var turns = new FilmedTurns(1);
        for (int turn = 0; turn < settings.turns(); turn++) {
            try (var cameras = MjpegCameras.start(bench.folder(), film, FRAMES_PER_SECOND)) {
                copy(cameras.url(0), turns);
                try (var producer = bench.startProducer(List.of("mjpeg", cameras.url(1)))) {
                    measure(producer, 1, List.of(1), cameras, turns);
                }
            }
            told("one MJPEG camera", turns);
        }
        return turns.filmed();
    }

    private @Nullable Filmed rtsp() throws InterruptedException, IOException {
        var turns = new FilmedTurns(1);
        for (int turn = 0; turn < settings.turns(); turn++) {
            Optional<RtspCamera> camera = RtspCamera.start(bench.folder(), film, FRAMES_PER_SECOND);
            if (camera.isEmpty()) {
                leftOut.add("one RTSP camera: GStreamer's RTSP server or its H.264 encoder is not installed");
                return null;
            }
            try (var there = camera.get()) {
                copy(there.url(), turns);
                try (var producer = bench.startProducer(List.of("rtsp", there.url()))) {
                    measure(producer, 1, List.of(), null, turns);
                }
            }
            told("one RTSP camera", turns);
        }
        return turns.filmed();
    }

    private Filmed many() throws InterruptedException, IOException {
        var turns = new FilmedTurns(MANY);
        List<String> lines = BenchLineFile.evenly("line", MANY);
        try (var cameras = MjpegCameras.start(bench.folder(), film, FRAMES_PER_SECOND)) {
            Map<String, String> urls = new LinkedHashMap<>();
            List<Integer> numbers = new ArrayList<>();
            for (int i = 0; i < MANY; i++) {
                urls.put(lines.get(i), cameras.url(i + 1));
                numbers.add(i + 1);
            }
            try (var producer = bench.startProducer(BenchLineFile.endless(lines).withCameras(urls))) {
                measure(producer, MANY, numbers, cameras, turns);
            }
        }
        told(MANY + " MJPEG cameras", turns);
        return turns.filmed();
    }

    private void measure(
            ProducerProcess producer,
            int count,
            List<Integer> numbers,
            @Nullable MjpegCameras cameras,
            FilmedTurns turns)
            throws InterruptedException {
        producer.awaitFilming(count);
        warmUp();
        long looked = System.nanoTime();
        List<Long> givenBefore = given(cameras, numbers);
        long began = System.nanoTime();
        ProducedFrames before = producer.frames();
        Duration used = producer.processorTime();
        TimeUnit.NANOSECONDS.sleep(settings.load().toNanos());
        double share = (double) producer.processorTime().minus(used).toNanos() / (System.nanoTime() - began);
        double lookedAfter = (System.nanoTime() - looked) / 1e9;
        List<Long> givenAfter = given(cameras, numbers);
        double seconds = (System.nanoTime() - began) / 1e9;
        turns.addWindow(share, producer.frames().minus(before), seconds);
        for (int i = 0; i < numbers.size(); i++) {
            turns.addGivenRate((givenAfter.get(i) - givenBefore.get(i)) / lookedAfter);
        }
        if (cameras == null) {
            turns.addEnd(null, producer.frames());
        } else {
            cameras.stop();
            settle(producer, cameras, numbers, turns);
        }
    }

    /** What was given before the end is still on its way for a moment. */
    private static void settle(ProducerProcess producer, MjpegCameras cameras, List<Integer> numbers, FilmedTurns turns)
            throws InterruptedException {
        long began = System.nanoTime();
        while (true) {
            long given =
                    given(cameras, numbers).stream().mapToLong(Long::longValue).sum();
            ProducedFrames end = producer.frames();
            if (end.settled() == given || System.nanoTime() - began > SETTLED_WITHIN.toNanos()) {
                turns.addEnd(given, end);
                return;
            }
            TimeUnit.MILLISECONDS.sleep(200);
        }
    }

    private void copy(String url, FilmedTurns turns) throws InterruptedException, IOException {
        if (!FfmpegCopy.isInstalled()) {
            return;
        }
        try (var ffmpeg = FfmpegCopy.of(url, bench.folder())) {
            warmUp();
            Duration used = ffmpeg.processorTime();
            long began = System.nanoTime();
            TimeUnit.NANOSECONDS.sleep(settings.load().toNanos());
            turns.addFfmpeg((double) ffmpeg.processorTime().minus(used).toNanos() / (System.nanoTime() - began));
        }
    }

    private void warmUp() throws InterruptedException {
        Duration half = settings.load().dividedBy(2);
        TimeUnit.NANOSECONDS.sleep(half.compareTo(LONGEST_WARM_UP) < 0 ? half.toNanos() : LONGEST_WARM_UP.toNanos());
    }

    private void told(String what, FilmedTurns turns) {
        progress.step(String.format(
                Locale.ROOT,
                "%s: %.1f %% of a core",
                what,
                100 * turns.filmed().processors().median()));
    }

    private static List<Long> given(@Nullable MjpegCameras cameras, List<Integer> numbers) throws InterruptedException {
        List<Long> given = new ArrayList<>();
        if (cameras != null) {
            Map<Integer, Long> all = cameras.given();
            numbers.forEach(number -> given.add(all.getOrDefault(number, 0L)));
        }
        return given;
    }
}
