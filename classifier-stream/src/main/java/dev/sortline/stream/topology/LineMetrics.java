// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Everything that the classifier measures of a line; what that is, {@link LineMetric} says. Tag values are few: the configured lines, the
 * model's labels, the belt's lanes and fixed words.
 *
 * <p>Safe to use from all stream threads.
 */
public final class LineMetrics {
    /** Value of the tag line for frames of lines that are not configured. */
    static final String UNKNOWN_LINE = "unknown";

    private static final String STAGE = "stage";
    private static final String NO_LABEL = "none";
    private static final String CHANGELOG = "changelog";

    private final MeterRegistry registry;
    private final MeterProvider<Counter> frames;
    private final MeterProvider<Counter> decisions;
    private final MeterProvider<Counter> deadLetters;
    private final MeterProvider<Counter> unwritten;
    private final MeterProvider<DistributionSummary> confidence;
    private final MeterProvider<Timer> latency;
    private final Timer queue;
    private final Timer decode;
    private final Timer infer;
    private final Timer decide;

    public LineMetrics(MeterRegistry registry) {
        this.registry = registry;
        frames = LineMetric.FRAMES.counter(registry);
        decisions = LineMetric.DECISIONS.counter(registry);
        deadLetters = LineMetric.DEAD_LETTERS.counter(registry);
        unwritten = LineMetric.UNWRITTEN.counter(registry);
        confidence = LineMetric.CONFIDENCE.summary(registry);
        latency = LineMetric.LATENCY.timer(registry);
        var stages = LineMetric.STAGE.timer(registry);
        queue = stages.withTag(STAGE, "queue");
        decode = stages.withTag(STAGE, "decode");
        infer = stages.withTag(STAGE, "infer");
        decide = stages.withTag(STAGE, "decide");
    }

    /**
     * Makes every series that can be known, so that each is there with 0 before its first count: a rate over a first count would miss it.
     *
     * @param labels the model's
     */
    public void expect(Collection<Line> lines, List<String> labels) {
        DeadLetters.REASONS.forEach(reason -> deadLetters.withTag("reason", reason));
        Stream.of(Topic.ACTUATIONS.topicName(), Topic.DEAD_LETTERS.topicName(), CHANGELOG)
                .forEach(topic -> unwritten.withTag("topic", topic));
        frames(UNKNOWN_LINE, FrameFate.UNREADABLE);
        List<String> items = labels.stream()
                .filter(label -> !label.equals(ModelPackage.EMPTY_LABEL))
                .toList();
        for (Line line : lines) {
            Arrays.stream(FrameFate.values()).forEach(fate -> frames(line.id(), fate));
            confidence.withTag("line", line.id());
            latency.withTag("line", line.id());
            String residue = line.belt().residualLane();
            decisions(line.id(), Decision.UNREADABLE, NO_LABEL, residue);
            decisions(line.id(), Decision.LATE, NO_LABEL, residue);
            for (String label : items) {
                Stream.of(Decision.AMBIGUOUS, Decision.UNCERTAIN, Decision.LATE)
                        .forEach(decision -> decisions(line.id(), decision, label, residue));
            }
            line.plan()
                    .follow(plan -> items.forEach(label -> decisions(
                            line.id(), Decision.SORT, label, plan.plan().laneOf(label))));
        }
    }

    public void record(InferenceTuning tuning) {
        LineMetric.INFERENCE_RATE.gauge(
                registry,
                tuning::imagesPerSecond,
                "precision",
                tuning.precision().toString(),
                "batch",
                String.valueOf(tuning.batch()),
                "runs",
                String.valueOf(tuning.runs()),
                "threads",
                String.valueOf(tuning.intraOpThreads()));
    }

    void count(String line, FrameFate fate) {
        frames(line, fate).increment();
    }

    void countDeadLetter(String reason) {
        deadLetters.withTag("reason", reason).increment();
    }

    void countUnwritten(String topic) {
        boolean ours =
                Arrays.stream(Topic.values()).anyMatch(each -> each.topicName().equals(topic));
        unwritten.withTag("topic", ours ? topic : CHANGELOG).increment();
    }

    void record(FrameReading.TakenFrame taken, double bestProbability, Duration decoding, Duration inferring) {
        confidence.withTag("line", taken.line().id()).record(bestProbability);
        queue.record(taken.queued());
        decode.record(decoding);
        infer.record(inferring);
    }

    void record(RoutingEvent event) {
        String label = event.label() == null ? NO_LABEL : event.label();
        decisions(event.lineId(), event.decision(), label, event.lane()).increment();
        latency.withTag("line", event.lineId())
                .record(notNegative(Duration.between(event.capturedAt(), event.decidedAt())));
        decide.record(event.stageMicros().decide(), TimeUnit.MICROSECONDS);
    }

    /** A clock that was set back meanwhile makes no negative time, which Micrometer would drop with a stack trace. */
    private static Duration notNegative(Duration time) {
        return time.isNegative() ? Duration.ZERO : time;
    }

    private Counter frames(String line, FrameFate fate) {
        return frames.withTags("line", line, "fate", lowerCase(fate));
    }

    private Counter decisions(String line, Decision decision, String label, String lane) {
        return decisions.withTags("line", line, "decision", lowerCase(decision), "label", label, "lane", lane);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
