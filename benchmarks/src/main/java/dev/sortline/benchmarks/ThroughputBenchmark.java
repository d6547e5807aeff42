// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ClassifierProcess;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.peers.BareLoop;
import dev.sortline.benchmarks.report.MedianOfTurns;
import dev.sortline.benchmarks.report.ThroughputReport;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.writing.JsonReport;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How fast is the line, and how much of what the classifier could do without Kafka is that? */
public final class ThroughputBenchmark {
    private static final String LINE = "through the broker";
    private static final String LOOP = "bare loop";
    private static final double NANOS_A_MILLISECOND = 1e6;

    private ThroughputBenchmark() {}

    /**
     * Lets the line and the bare loop have their turns.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static ThroughputReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
            throws InterruptedException, IOException {
        List<String> lines = BenchLineFile.evenly("line", settings.lines());
        List<LineSpeed> speeds = new ArrayList<>();
        List<BareLoop.Result> loops = new ArrayList<>();
        try {
            var comparison = new InterleavedComparison()
                    .add(LINE, () -> {
                        speeds.add(sustained(bench, settings, lines));
                        return speeds.get(speeds.size() - 1).framesPerSecond();
                    })
                    .add(LOOP, () -> {
                        loops.add(bareLoop(bench, settings));
                        return loops.get(loops.size() - 1).framesPerSecond();
                    });
            progress.begin("throughput", (long) settings.turns() * comparison.size());
            var figures = comparison.run(settings.turns(), progress);
            var line = figures.of(LINE);
            var loop = figures.of(LOOP);
            var lineProcessor = MedianOfTurns.of(
                    speeds.stream().map(LineSpeed::processorMsPerFrame).toList());
            var loopProcessor = MedianOfTurns.of(
                    loops.stream().map(BareLoop.Result::processorMsPerFrame).toList());
            return new ThroughputReport(
                    settings.conditions(bench),
                    lines.size(),
                    line,
                    loop,
                    loops.get(0).batch(),
                    loops.get(0).threads(),
                    line.ratioTo(loop),
                    lineProcessor,
                    loopProcessor,
                    loopProcessor.ratioTo(lineProcessor));
        } finally {
            progress.end();
        }
    }

    /**
     * What the line came to.
     *
     * @param processorMsPerFrame milliseconds of a processor that the classifier's process took for a frame
     * @param inference how it ran the network, as {@link ClassifierProcess#inference} tells it
     */
    record LineSpeed(double framesPerSecond, double processorMsPerFrame, Map<String, String> inference) {}

    /** What a classifier comes to once it is warm, from its own start to its end. */
    static LineSpeed sustained(TestBench bench, BenchmarkSettings settings, List<String> lines)
            throws InterruptedException, IOException {
        try (var classifier = bench.startClassifier(BenchLineFile.endless(lines))) {
            var all = List.of(classifier);
            bench.saturate(all, lines, settings.warmUp());
            Duration before = classifier.processorTime();
            var sustained = bench.saturate(all, lines, settings.count());
            Duration used = classifier.processorTime().minus(before);
            var speed = new LineSpeed(
                    sustained.framesPerSecond(),
                    used.toNanos() / NANOS_A_MILLISECOND / sustained.frames(),
                    classifier.inference());
            classifier.stop();
            return speed;
        }
    }

    private static BareLoop.Result bareLoop(TestBench bench, BenchmarkSettings settings) throws InterruptedException {
        return bench.run(
                BareLoop.class,
                List.of(
                        bench.frames().toString(),
                        String.valueOf(settings.warmUp()),
                        String.valueOf(settings.warmUp() + settings.count()),
                        JsonReport.text(bench.inference())),
                BareLoop.Result.class);
    }
}
