// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.metrics.DiskRoom;
import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.LoopWatch;
import dev.sortline.metrics.MeasuredFrame;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
    private static final int MOST_UNPUBLISHED = 10_000;

    private final MeterRegistry registry;
    private final MeterProvider<Counter> frames;
    private final MeterProvider<Counter> decisions;
    private final MeterProvider<Counter> unfamiliar;
    private final MeterProvider<Counter> deadLetters;
    private final MeterProvider<Counter> unwritten;
    private final MeterProvider<DistributionSummary> confidence;
    private final MeterProvider<DistributionSummary> gap;
    private final MeterProvider<Timer> latency;
    private final DistributionSummary batch;
    private final ModelMetrics models;
    private final StreamLoops loops = new StreamLoops();
    private final FramesInHand inHand = new FramesInHand();
    private final Map<String, Gauge> plans = new ConcurrentHashMap<>();
    private final Map<String, Unpublished> unpublished = new ConcurrentHashMap<>();
    private final Timer queue;
    private final Timer decode;
    private final Timer infer;
    private final Timer decide;
    private final Timer publish;
    private final Timer total;

    /** What is known of an event that is on its way to the cluster. */
    private record Unpublished(Instant capturedAt, long sentNanos, Instant sentAt) {}

    public LineMetrics(MeterRegistry registry) {
        this.registry = registry;
        frames = LineMetric.FRAMES.counter(registry);
        decisions = LineMetric.DECISIONS.counter(registry);
        unfamiliar = LineMetric.UNFAMILIAR.counter(registry);
        deadLetters = LineMetric.DEAD_LETTERS.counter(registry);
        unwritten = LineMetric.UNWRITTEN.counter(registry);
        confidence = LineMetric.CONFIDENCE.summary(registry);
        gap = LineMetric.GAP.summary(registry);
        latency = LineMetric.LATENCY.timer(registry);
        batch = LineMetric.INFERENCE_BATCH.summary(registry).withTags();
        models = new ModelMetrics(registry, InstantSource.system());
        LineMetric.LOOP_STALL.gauge(registry, loops::worstSeconds, "loop", "stream");
        var stages = LineMetric.STAGE.timer(registry);
        queue = stages.withTag(STAGE, "queue");
        decode = stages.withTag(STAGE, "decode");
        infer = stages.withTag(STAGE, "infer");
        decide = stages.withTag(STAGE, "decide");
        publish = stages.withTag(STAGE, "publish");
        total = stages.withTag(STAGE, "total");
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
            gap.withTag("line", line.id());
            unfamiliar.withTag("line", line.id());
            LineMetric.OLDEST_FRAME_AGE.gauge(registry, () -> inHand.oldestSeconds(line.id()), "line", line.id());
            line.plan().follow(plan -> inForce(line.id(), plan));
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
                "engine",
                tuning.engine().toString(),
                "precision",
                tuning.precision().toString(),
                "batch",
                String.valueOf(tuning.batch()),
                "runs",
                String.valueOf(tuning.runs()),
                "threads",
                String.valueOf(tuning.intraOpThreads()));
    }

    /** What is told of the models in force. */
    public ModelMetrics models() {
        return models;
    }

    /** A run of the network had so many pictures. */
    public void ran(int pictures) {
        batch.record(pictures);
    }

    /** A loop is watched from now on. */
    public void watch(String loop, LoopWatch turns) {
        LineMetric.LOOP_STALL.gauge(registry, turns::worstSeconds, "loop", loop);
    }

    /** The folder in which the stream keeps its state is watched from now on. It need not be there yet. */
    public void watchState(Path folder) {
        DiskRoom.show(registry, "state", folder);
    }

    private synchronized void inForce(String line, PlanEdition plan) {
        @Nullable Gauge before = plans.remove(line);
        if (before != null) {
            registry.remove(before);
        }
        plans.put(
                line,
                LineMetric.PLAN_INFO.info(registry, "line", line, "plan", plan.name(), "edition", plan.edition()));
    }

    /** The thread that calls it comes round. */
    void streamTurns() {
        loops.turn();
    }

    /** The thread that calls it may have nothing more to do. */
    void streamRests() {
        loops.rest();
    }

    /** The thread that calls it has a frame in hand, until {@link #handsOver}. */
    void takes(FrameReading.TakenFrame taken) {
        inHand.take(taken);
    }

    /** The thread that calls it has no frame in hand. */
    void handsOver() {
        inHand.handOver();
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

    /** What was seen of a frame: how long it waited, and all else where the network has seen it. */
    void record(FrameReading.TakenFrame taken, FrameLook.Answer seen) {
        queue.record(taken.queued());
        if (!seen.isGated()) {
            decode.record(seen.decode());
            String line = taken.line().id();
            MeasuredFrame.measure(taken.frame().id(), () -> {
                confidence.withTag("line", line).record(seen.classification().confidence());
                gap.withTag("line", line).record(seen.classification().gap());
            });
            infer.record(seen.infer());
        }
    }

    void record(RoutingEvent event) {
        String label = event.label() == null ? NO_LABEL : event.label();
        decisions(event.lineId(), event.decision(), label, event.lane()).increment();
        if (SortingPlan.isUnfamiliar(event.reason())) {
            unfamiliar.withTag("line", event.lineId()).increment();
        }
        if (event.label() != null) {
            models.answered(event.lineId(), event.label());
        }
        MeasuredFrame.measure(event.frameIds().get(0), () -> latency.withTag("line", event.lineId())
                .record(notNegative(Duration.between(event.capturedAt(), event.decidedAt()))));
        decide.record(event.stageMicros().decide(), TimeUnit.MICROSECONDS);
    }

    /** An event goes to the cluster. */
    void publishes(RoutingEvent event) {
        // Bounded: should the cluster never answer, the memory does not fill.
        if (unpublished.size() < MOST_UNPUBLISHED) {
            unpublished.put(event.id(), new Unpublished(event.capturedAt(), System.nanoTime(), event.decidedAt()));
        }
    }

    /** The cluster has an event, or will not have it. */
    void published(String id, boolean taken) {
        @Nullable Unpublished event = unpublished.remove(id);
        if (event != null && taken) {
            Duration took = Duration.ofNanos(System.nanoTime() - event.sentNanos());
            publish.record(took);
            total.record(notNegative(
                    Duration.between(event.capturedAt(), event.sentAt()).plus(took)));
        }
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
