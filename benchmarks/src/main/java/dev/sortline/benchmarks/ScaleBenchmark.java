// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ClassifierProcess;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.MedianOfTurns;
import dev.sortline.benchmarks.report.ScaleReport;
import dev.sortline.benchmarks.report.ScaleReport.Step;
import dev.sortline.contract.Topic;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What do more lines and more instances bring and cost? */
public final class ScaleBenchmark {
    private static final double MEGA = 1e6;
    private static final double MILLIS = 1e3;

    private final TestBench bench;
    private final BenchmarkSettings settings;
    private final List<Double> startUps = new ArrayList<>();
    private final Map<String, List<Double>> resident = new HashMap<>();
    private int groups;

    private ScaleBenchmark(TestBench bench, BenchmarkSettings settings) {
        this.bench = bench;
        this.settings = settings;
    }

    /**
     * What is compared.
     *
     * @param lines numbers of lines on one instance, the first is what the others are compared with
     * @param instances numbers of instances, likewise
     */
    public record Sizes(List<Integer> lines, List<Integer> instances) {
        public Sizes {
            if (lines.isEmpty() || instances.isEmpty()) {
                throw new IllegalArgumentException("lines and instances must be one number each at least");
            }
            if (Stream.concat(lines.stream(), instances.stream()).anyMatch(count -> count < 1)) {
                throw new IllegalArgumentException(
                        "lines %s and instances %s: each must be at least 1".formatted(lines, instances));
            }
            lines = List.copyOf(lines);
            instances = List.copyOf(instances);
        }
    }

    /**
     * Lets each number of lines and of instances have its turns.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @param sizes what is compared
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static ScaleReport run(TestBench bench, BenchmarkSettings settings, Sizes sizes, ProgressListener progress)
            throws InterruptedException, IOException {
        try {
            return new ScaleBenchmark(bench, settings).report(sizes, progress);
        } finally {
            progress.end();
        }
    }

    private ScaleReport report(Sizes sizes, ProgressListener progress) throws InterruptedException, IOException {
        var comparison = new InterleavedComparison();
        sizes.lines()
                .forEach(count -> comparison.add(name(count, "line"), () -> sustained(1, count, name(count, "line"))));
        sizes.instances()
                .forEach(count -> comparison.add(
                        name(count, "instance"), () -> sustained(count, Topic.PARTITIONS, name(count, "instance"))));
        progress.begin("scale", (long) settings.turns() * comparison.size());
        var figures = comparison.run(settings.turns(), progress);
        var byLines = steps(sizes.lines(), "line", figures);
        var byInstances = steps(sizes.instances(), "instance", figures);
        Step first = byLines.get(0);
        Step last = byLines.get(byLines.size() - 1);
        return new ScaleReport(
                settings.conditions(bench),
                byLines,
                byInstances,
                MedianOfTurns.of(startUps),
                (last.residentMb() - first.residentMb()) / Math.max(1, last.count() - first.count()));
    }

    private List<Step> steps(List<Integer> counts, String what, InterleavedComparison.Figures figures) {
        MedianOfTurns first = figures.of(name(counts.get(0), what));
        return counts.stream()
                .map(count -> {
                    String name = name(count, what);
                    MedianOfTurns figure = figures.of(name);
                    return new Step(
                            count,
                            figure,
                            figure.ratioTo(first),
                            MedianOfTurns.of(resident.getOrDefault(name, List.of()))
                                    .median());
                })
                .toList();
    }

    private double sustained(int instances, int lineCount, String name) throws InterruptedException, IOException {
        List<String> lines = BenchLineFile.evenly("line", lineCount);
        groups++;
        List<ClassifierProcess> classifiers = new ArrayList<>();
        try {
            for (int i = 0; i < instances; i++) {
                classifiers.add(bench.startClassifier("scale-" + groups, BenchLineFile.endless(lines)));
            }
            for (ClassifierProcess classifier : classifiers) {
                classifier.awaitReady();
            }
            if (instances == 1) {
                startUps.add(classifiers.get(0).startUp().toMillis() / MILLIS);
            }
            bench.saturate(classifiers, lines, settings.warmUp());
            double framesPerSecond =
                    bench.saturate(classifiers, lines, settings.count()).framesPerSecond();
            resident.computeIfAbsent(name, unused -> new ArrayList<>())
                    .add(classifiers.get(0).residentBytes() / MEGA);
            for (ClassifierProcess classifier : classifiers) {
                classifier.stop();
            }
            return framesPerSecond;
        } finally {
            classifiers.forEach(ClassifierProcess::close);
        }
    }

    private static String name(int count, String what) {
        return count + " " + what + (count == 1 ? "" : "s");
    }
}
