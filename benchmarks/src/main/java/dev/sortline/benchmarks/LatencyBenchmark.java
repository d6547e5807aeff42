// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ClassifierProcess;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.peers.BareFrame;
import dev.sortline.benchmarks.peers.MessageWay;
import dev.sortline.benchmarks.report.LatencyReport;
import dev.sortline.benchmarks.report.LatencyReport.Load;
import dev.sortline.benchmarks.report.LatencyReport.Point;
import dev.sortline.benchmarks.report.MedianOfTurns;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.writing.JsonReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.HdrHistogram.Histogram;

/** How long does it take from the shutter to the event, under an even load? */
public final class LatencyBenchmark {
    private static final List<Double> ONE_LINE = List.of(10.0, 30.0, 60.0);
    private static final double COMPARED = 30;
    private static final double BUSY = 0.8;
    private static final int BUSY_LINES = 8;
    private static final double WAY_WARM_UP_SECONDS = 5;

    private LatencyBenchmark() {}

    /**
     * Films at 10, 30 and 60 frames a second and near capacity, turn after turn.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static LatencyReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
            throws InterruptedException, IOException {
        List<Double> capacities = new ArrayList<>();
        List<Double> comparedP50 = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        List<Double> paced = new ArrayList<>();
        List<Double> ways = new ArrayList<>();
        List<Double> commits = new ArrayList<>();
        Map<String, LoadLatencies> latencies = new LinkedHashMap<>();
        progress.begin("latency", settings.turns() * (ONE_LINE.size() + 4L));
        try {
            for (int turn = 1; turn <= settings.turns(); turn++) {
                List<String> lines = BenchLineFile.evenly("line", BUSY_LINES);
                try (var classifier = bench.startClassifier(BenchLineFile.endless(lines))) {
                    bench.saturate(List.of(classifier), lines, settings.warmUp());
                    double capacity = bench.saturate(List.of(classifier), lines, settings.count())
                            .framesPerSecond();
                    capacities.add(capacity);
                    progress.step(
                            String.format(Locale.ROOT, "turn %d, capacity: %.1f frames a second", turn, capacity));
                    for (double framesPerSecond : ONE_LINE) {
                        String name = String.format(Locale.ROOT, "one line at %.0f fps", framesPerSecond);
                        double p50 = latencies
                                .computeIfAbsent(name, unused -> new LoadLatencies(1))
                                .film(bench, classifier, lines.subList(0, 1), framesPerSecond, settings);
                        if (framesPerSecond == COMPARED) {
                            comparedP50.add(p50);
                        }
                        progress.step(told(turn, name, p50));
                    }
                    String name = "%d lines at 80 %% of capacity".formatted(BUSY_LINES);
                    double p50 = latencies
                            .computeIfAbsent(name, unused -> new LoadLatencies(BUSY_LINES))
                            .film(bench, classifier, lines, BUSY * capacity / BUSY_LINES, settings);
                    progress.step(told(turn, name, p50));
                    classifier.stop();
                }
                var frame = bareFrame(bench, settings);
                bare.add(frame.oneAfterTheOtherMs());
                paced.add(frame.pacedMs());
                progress.step(told(turn, "one frame without Kafka", frame.oneAfterTheOtherMs()));
                var way = messageWay(bench, settings);
                ways.add(way.wayMs());
                commits.add(way.commitMs());
                progress.step(told(turn, "messages without a frame looked at", way.wayMs()));
            }
        } finally {
            progress.end();
        }
        var p50 = MedianOfTurns.of(comparedP50);
        var loads = new ArrayList<Load>();
        latencies.forEach((name, load) -> loads.add(load.load(name, settings.turns())));
        return new LatencyReport(
                settings.conditions(bench),
                MedianOfTurns.of(capacities),
                loads,
                MedianOfTurns.of(bare),
                MedianOfTurns.of(paced),
                MedianOfTurns.of(ways),
                MedianOfTurns.of(commits),
                p50.ratioTo(MedianOfTurns.of(bare)),
                p50.ratioTo(MedianOfTurns.of(paced)),
                MedianOfTurns.of(sums(paced, ways)).ratioTo(MedianOfTurns.of(bare)));
    }

    private static BareFrame.Result bareFrame(TestBench bench, BenchmarkSettings settings) throws InterruptedException {
        return bench.run(
                BareFrame.class,
                List.of(
                        bench.frames().toString(),
                        String.valueOf(settings.warmUp()),
                        String.valueOf(Math.round(settings.seconds() * COMPARED)),
                        String.valueOf(COMPARED),
                        JsonReport.text(bench.inference())),
                BareFrame.Result.class);
    }

    private static MessageWay.Result messageWay(TestBench bench, BenchmarkSettings settings)
            throws InterruptedException {
        return bench.run(
                MessageWay.class,
                List.of(
                        bench.frames().toString(),
                        String.valueOf(Math.round(WAY_WARM_UP_SECONDS * COMPARED)),
                        String.valueOf(Math.round(settings.seconds() * COMPARED)),
                        String.valueOf(COMPARED)),
                MessageWay.Result.class);
    }

    private static List<Double> sums(List<Double> some, List<Double> others) {
        return IntStream.range(0, some.size())
                .mapToObj(i -> some.get(i) + others.get(i))
                .toList();
    }

    private static String told(int turn, String name, double milliseconds) {
        return String.format(Locale.ROOT, "turn %d, %s: p50 %.2f ms", turn, name, milliseconds);
    }

    /** The latencies of one load over all turns. */
    private static final class LoadLatencies {
        private static final int DIGITS = 3;
        private static final double MICROS_A_MILLI = 1_000;
        private static final double[] PERCENTILES = {
            1, 5, 10, 20, 30, 40, 50, 60, 70, 80, 90, 95, 98, 99, 99.5, 99.8, 99.9, 100
        };

        private final int lines;
        private final Histogram micros = new Histogram(DIGITS);
        private double framesPerSecond;
        private long frames;

        LoadLatencies(int lines) {
            this.lines = lines;
        }

        /** Takes a turn and gives its median in milliseconds. */
        double film(
                TestBench bench,
                ClassifierProcess classifier,
                List<String> filmed,
                double framesPerSecondALine,
                BenchmarkSettings settings)
                throws InterruptedException {
            var all = List.of(classifier);
            var mark = bench.mark(all);
            bench.takeEvents();
            long published = bench.film(filmed, framesPerSecondALine, settings.load());
            bench.awaitFates(all, mark, published);
            var turn = new Histogram(DIGITS);
            bench.takeEvents().forEach(event -> turn.recordValue(event.latencyMicros()));
            micros.add(turn);
            frames += published;
            framesPerSecond += framesPerSecondALine * filmed.size();
            return turn.getValueAtPercentile(50) / MICROS_A_MILLI;
        }

        Load load(String name, int turns) {
            return new Load(
                    name,
                    lines,
                    framesPerSecond / turns,
                    frames,
                    micros.getTotalCount(),
                    at(50),
                    at(99),
                    at(99.9),
                    at(100),
                    DoubleStream.of(PERCENTILES)
                            .mapToObj(percentile -> new Point(percentile, at(percentile)))
                            .toList());
        }

        private double at(double percentile) {
            return micros.getValueAtPercentile(percentile) / MICROS_A_MILLI;
        }
    }
}
