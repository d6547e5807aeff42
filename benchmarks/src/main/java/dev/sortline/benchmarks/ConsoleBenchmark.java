// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ConsoleProcess;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.ConsoleReport;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/** How soon does the operator's page answer a photo, and what does it cost to watch lines on it? */
public final class ConsoleBenchmark {
    private static final int DIGITS = 3;
    private static final int LINES = 4;
    private static final double FRAMES_PER_SECOND = 30;
    private static final int VIEWERS = 50;
    private static final int UPLOADS = 200;
    private static final int UPLOADS_BEFORE = 40;

    /** No faster than the page lets one address. */
    private static final Duration AN_UPLOAD_EVERY = Duration.ofMillis(125);

    private ConsoleBenchmark() {}

    /**
     * Uploads pictures to an idle line, eight a second; then films four lines at 30 frames a second, with one viewer and with fifty, of
     * whom one never reads.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static ConsoleReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
            throws InterruptedException, IOException {
        List<String> lines = BenchLineFile.evenly("line", LINES);
        BenchLineFile lineFile = BenchLineFile.endless(lines);
        progress.begin("console", 3);
        // Any port: the classifier serves no page, it only learns of the line for photos.
        try (var classifier = bench.startClassifier(lineFile.withPage(1));
                var console = bench.startConsole(lineFile)) {
            Histogram uploads = uploads(bench, console);
            progress.step(String.format(
                    Locale.ROOT, "uploads: p50 %.1f ms", ConsoleReport.millis(uploads.getValueAtPercentile(50))));
            double oneViewer;
            try (var viewer = new Viewer(console, true)) {
                oneViewer = processors(bench, console, lines, settings.load());
            }
            progress.step(String.format(Locale.ROOT, "one viewer: %.1f %% of a processor", 100 * oneViewer));
            List<Viewer> viewers = new ArrayList<>();
            long before;
            double many;
            try {
                for (int i = 0; i < VIEWERS; i++) {
                    viewers.add(new Viewer(console, i > 0));
                }
                var unused = processors(bench, console, lines, settings.load());
                before = console.residentBytes();
                many = processors(bench, console, lines, settings.load());
            } finally {
                viewers.forEach(Viewer::close);
            }
            long after = console.residentBytes();
            progress.step(String.format(Locale.ROOT, "%d viewers: %.1f %% of a processor", VIEWERS, 100 * many));
            return new ConsoleReport(
                    settings.conditions(bench),
                    uploads.getTotalCount(),
                    ConsoleReport.millis(uploads.getValueAtPercentile(50)),
                    ConsoleReport.millis(uploads.getValueAtPercentile(99)),
                    ConsoleReport.millis(uploads.getMaxValue()),
                    oneViewer,
                    many,
                    before,
                    after);
        } finally {
            progress.end();
        }
    }

    private static Histogram uploads(TestBench bench, ConsoleProcess console) throws IOException, InterruptedException {
        List<byte[]> pictures = new ArrayList<>();
        try (Stream<Path> files = Files.walk(bench.frames())) {
            for (Path file : files.filter(name -> name.toString().endsWith(".jpg"))
                    .sorted()
                    .toList()) {
                pictures.add(Files.readAllBytes(file));
            }
        }
        var micros = new Histogram(DIGITS);
        for (int i = 0; i < UPLOADS_BEFORE + UPLOADS; i++) {
            Duration took = console.upload(pictures.get(i % pictures.size()), "image/jpeg");
            if (i >= UPLOADS_BEFORE) {
                micros.recordValue(took.toNanos() / 1_000);
            }
            TimeUnit.MILLISECONDS.sleep(Math.max(0, AN_UPLOAD_EVERY.minus(took).toMillis()));
        }
        return micros;
    }

    /** The processors that the page takes while the lines are filmed. */
    private static double processors(TestBench bench, ConsoleProcess console, List<String> lines, Duration duration)
            throws InterruptedException {
        Duration used = console.processorTime();
        long began = System.nanoTime();
        var unused = bench.film(lines, FRAMES_PER_SECOND, duration);
        return (double) console.processorTime().minus(used).toNanos() / (System.nanoTime() - began);
    }

    /** Somebody who has the live view open. */
    private static final class Viewer implements AutoCloseable {
        private final InputStream events;

        Viewer(ConsoleProcess console, boolean reads) throws InterruptedException {
            events = console.watch();
            if (reads) {
                var reading = new Thread(this::read, "viewer");
                reading.setDaemon(true);
                reading.start();
            }
        }

        private void read() {
            byte[] buffer = new byte[1 << 16];
            try {
                while (events.read(buffer) >= 0) {
                    // what a browser would show
                }
            } catch (IOException e) {
                // closed, by either side
            }
        }

        @Override
        public void close() {
            try {
                events.close();
            } catch (IOException e) {
                // cut already
            }
        }
    }
}
