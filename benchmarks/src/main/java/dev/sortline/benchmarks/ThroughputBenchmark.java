// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ClassifierProcess;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.peers.BareLoop;
import dev.sortline.benchmarks.report.ThroughputReport;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How fast is the line, and how much of what the classifier could do without Kafka is that? */
public final class ThroughputBenchmark {
    private static final String LINE = "through the broker";
    private static final String LOOP = "bare loop";

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
        List<BareLoop.Result> loops = new ArrayList<>();
        try {
            var comparison = new InterleavedComparison()
                    .add(LINE, () -> sustained(bench, settings, lines).framesPerSecond())
                    .add(LOOP, () -> {
                        loops.add(bareLoop(bench, settings));
                        return loops.get(loops.size() - 1).framesPerSecond();
                    });
            progress.begin("throughput", (long) settings.turns() * comparison.size());
            var figures = comparison.run(settings.turns(), progress);
            var line = figures.of(LINE);
            var loop = figures.of(LOOP);
            return new ThroughputReport(
                    settings.conditions(bench),
                    lines.size(),
                    line,
                    loop,
                    loops.get(0).batch(),
                    loops.get(0).threads(),
                    line.ratioTo(loop));
        } finally {
            progress.end();
        }
    }

    /**
     * What the line came to.
     *
     * @param inference how it ran the network, as {@link ClassifierProcess#inference} tells it
     */
    record LineSpeed(double framesPerSecond, Map<String, String> inference) {}

    /** A classifier's frames a second once it is warm, from its own start to its end. */
    static LineSpeed sustained(TestBench bench, BenchmarkSettings settings, List<String> lines)
            throws InterruptedException, IOException {
        try (var classifier = bench.startClassifier(BenchLineFile.endless(lines))) {
            var all = List.of(classifier);
            bench.saturate(all, lines, settings.warmUp());
            double framesPerSecond =
                    bench.saturate(all, lines, settings.count()).framesPerSecond();
            var speed = new LineSpeed(framesPerSecond, classifier.inference());
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
                        String.valueOf(settings.warmUp() + settings.count())),
                BareLoop.Result.class);
    }
}
