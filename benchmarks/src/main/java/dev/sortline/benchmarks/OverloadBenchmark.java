// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.Arrival;
import dev.sortline.benchmarks.line.BenchLineFile;
import dev.sortline.benchmarks.line.ClassifierProcess;
import dev.sortline.benchmarks.line.FrameFates;
import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.Conditions;
import dev.sortline.benchmarks.report.MedianOfTurns;
import dev.sortline.benchmarks.report.OverloadReport;
import dev.sortline.benchmarks.report.OverloadReport.Fates;
import dev.sortline.benchmarks.report.OverloadReport.Second;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.trainer.progress.ProgressListener;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What happens when cameras bring twice what can be decided? */
public final class OverloadBenchmark {
    /** So much more than the topic gave is offered to find what is sustained beside cameras: enough to keep it busy. */
    private static final double BUSY = 1.2;

    private static final double OVERLOAD = 2;
    private static final double AFTERWARDS = 0.5;
    private static final double NANOS = 1e9;
    private static final double MEGA = 1e6;

    private OverloadBenchmark() {}

    /** What one turn came to. */
    private record Turn(
            double prefilledCapacity,
            double capacity,
            double decided,
            double recoverySeconds,
            double residentBefore,
            double residentMost,
            long published,
            FrameFates fates,
            long decoded,
            long decodedInTime,
            List<Second> course) {}

    /**
     * Films at twice the capacity and then at half of it, turn after turn.
     *
     * @param bench with a topic of its own; used by this benchmark alone while it runs
     * @throws dev.sortline.benchmarks.line.BenchFailure when it cannot go on
     * @throws IOException if a process cannot be started or the disk fails
     */
    public static OverloadReport run(TestBench bench, BenchmarkSettings settings, ProgressListener progress)
            throws InterruptedException, IOException {
        List<Turn> turns = new ArrayList<>();
        progress.begin("overload", settings.turns());
        try {
            for (int number = 1; number <= settings.turns(); number++) {
                Turn turn = turn(bench, settings);
                turns.add(turn);
                progress.step(String.format(
                        Locale.ROOT,
                        "turn %d: capacity %.1f frames a second, %.1f decided at twice that",
                        number,
                        turn.capacity,
                        turn.decided));
            }
        } finally {
            progress.end();
        }
        return report(settings.conditions(bench), settings, turns);
    }

    private static OverloadReport report(Conditions conditions, BenchmarkSettings settings, List<Turn> turns) {
        FrameFates fates =
                turns.stream().map(Turn::fates).reduce(FrameFates::plus).orElseThrow();
        long decoded = turns.stream().mapToLong(Turn::decoded).sum();
        long inTime = turns.stream().mapToLong(Turn::decodedInTime).sum();
        var capacity = all(turns, Turn::capacity);
        var decided = all(turns, Turn::decided);
        return new OverloadReport(
                conditions,
                settings.lines(),
                all(turns, Turn::prefilledCapacity),
                capacity,
                all(turns, turn -> OVERLOAD * turn.capacity),
                decided,
                decoded == 0 ? 0 : (double) inTime / decoded,
                decided.ratioTo(capacity),
                all(turns, Turn::recoverySeconds).median(),
                all(turns, turn -> turn.residentBefore / MEGA).median(),
                all(turns, turn -> (turn.residentMost - turn.residentBefore) / MEGA)
                        .median(),
                new Fates(
                        turns.stream().mapToLong(Turn::published).sum(),
                        fates.decided(),
                        fates.late(),
                        decoded - inTime,
                        fates.unreadable()),
                turns.get(turns.size() - 1).course);
    }

    private static MedianOfTurns all(List<Turn> turns, ToDoubleFunction<Turn> figure) {
        return MedianOfTurns.of(turns.stream().map(figure::applyAsDouble).toList());
    }

    private static Turn turn(TestBench bench, BenchmarkSettings settings) throws InterruptedException, IOException {
        List<String> patient = BenchLineFile.evenly("endless", settings.lines());
        List<String> lines = BenchLineFile.evenly("line", settings.lines());
        BenchLineFile lineFile = BenchLineFile.sample(lines).with(BenchLineFile.endless(patient));
        try (var classifier = bench.startClassifier(lineFile)) {
            var all = List.of(classifier);
            bench.saturate(all, patient, settings.warmUp());
            double prefilled = bench.saturate(all, patient, settings.count()).framesPerSecond();
            double capacity = capacity(bench, classifier, patient, BUSY * prefilled, settings.load());

            double residentBefore = classifier.residentBytes();
            bench.takeEvents();
            var mark = bench.mark(all);
            try (var memory = ResidentMemory.watch(classifier)) {
                Instant start = Instant.now();
                long startNanos = System.nanoTime();
                long published = bench.film(lines, OVERLOAD * capacity / lines.size(), settings.load());
                FrameFates under = classifier.fates().minus(mark.fates());
                double seconds = (System.nanoTime() - startNanos) / NANOS;
                Instant fall = Instant.now();
                published += bench.film(lines, AFTERWARDS * capacity / lines.size(), settings.load());
                FrameFates fates = bench.awaitFates(all, mark, published);
                List<Arrival> events = bench.takeEvents();
                classifier.stop();
                return new Turn(
                        prefilled,
                        capacity,
                        under.decided() / seconds,
                        recoverySeconds(events, fall),
                        residentBefore,
                        memory.most(),
                        published,
                        fates,
                        events.stream().filter(event -> decoded(event.event())).count(),
                        events.stream()
                                .filter(event -> decoded(event.event()) && inTime(event.event()))
                                .count(),
                        course(
                                events,
                                start,
                                fall,
                                OVERLOAD * capacity,
                                AFTERWARDS * capacity,
                                2 * settings.seconds()));
            }
        }
    }

    /** What is sustained while cameras publish more than that, and nothing is ever late. */
    private static double capacity(
            TestBench bench, ClassifierProcess classifier, List<String> lines, double offered, Duration load)
            throws InterruptedException {
        var all = List.of(classifier);
        var mark = bench.mark(all);
        long start = System.nanoTime();
        long published = bench.film(lines, offered / lines.size(), load);
        FrameFates under = classifier.fates().minus(mark.fates());
        double seconds = (System.nanoTime() - start) / NANOS;
        bench.awaitFates(all, mark, published);
        return Math.max(1, under.decided()) / seconds;
    }

    private static double recoverySeconds(List<Arrival> events, Instant fall) {
        return events.stream()
                .filter(event -> event.event().decision() == Decision.LATE)
                .map(Arrival::readAt)
                .max(Comparator.naturalOrder())
                .map(last -> Math.max(0, Duration.between(fall, last).toNanos() / NANOS))
                .orElse(0.0);
    }

    /** Whether the network has seen it, in time or not. */
    private static boolean decoded(RoutingEvent event) {
        return event.label() != null;
    }

    private static boolean inTime(RoutingEvent event) {
        return event.decision() != Decision.LATE
                && (event.deadline() == null || !event.decidedAt().isAfter(event.deadline()));
    }

    private static List<Second> course(
            List<Arrival> events, Instant start, Instant fall, double overload, double afterwards, int seconds) {
        long[] sorted = new long[seconds];
        long[] late = new long[seconds];
        for (Arrival event : events) {
            long second = Duration.between(start, event.readAt()).toSeconds();
            if (second >= 0 && second < seconds) {
                (event.event().decision() == Decision.LATE ? late : sorted)[(int) second]++;
            }
        }
        long falls = Duration.between(start, fall).toSeconds();
        List<Second> course = new ArrayList<>();
        for (int second = 0; second < seconds; second++) {
            long offered = Math.round(second < falls ? overload : afterwards);
            course.add(new Second(second, offered, sorted[second], late[second]));
        }
        return course;
    }
}
