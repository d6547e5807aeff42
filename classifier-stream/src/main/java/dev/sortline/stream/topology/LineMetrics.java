// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.sorting.Line;
import dev.sortline.stream.item.FrameFate;
import dev.sortline.stream.item.FrameReading;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter.MeterProvider;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Everything that the classifier measures of a line. Names and tags are part of the contract with dashboards; tag values
 * are few: the configured lines, the model's labels, the belt's lanes and fixed words.
 *
 * <p>Safe to use from all stream threads.
 */
public final class LineMetrics {
    /** Counts frames. Tags: line, fate (a {@link FrameFate} in lower case). */
    public static final String FRAMES = "sortline.frames";
    /** Counts routing events. Tags: line, decision (in lower case), label (or {@code none}), lane. */
    public static final String DECISIONS = "sortline.decisions";
    /** Counts refused frames. Tag: reason (the dead letter's code). */
    public static final String DEAD_LETTERS = "sortline.dead.letters";
    /** Calibrated probability of the best label of classified frames, in percent, with buckets. Tag: line. */
    public static final String CONFIDENCE = "sortline.confidence";
    /** Time from the capture of an item's first frame to its decision, with buckets. Tag: line. */
    public static final String LATENCY = "sortline.latency";
    /** Time that a frame spends in a stage, with buckets. Tag: stage (queue, decode, infer or decide). */
    public static final String STAGE = "sortline.stage";
    /**
     * Images a second of the network alone, as measured at start; 0 when settings left nothing to measure. Tags: precision, batch, runs,
     * threads.
     */
    public static final String INFERENCE_RATE = "sortline.inference.rate";
    /** 1 while the file of a plan is refused and the edition before it stays in force, else 0. Tag: plan (its name). */
    public static final String PLAN_REFUSED = "sortline.plan.refused";

    /** Counts records that the cluster did not take for what they are. Tag: topic (its name, or {@code changelog}). */
    public static final String UNWRITTEN = "sortline.unwritten.records";

    /** Value of the tag line for frames of lines that are not configured. */
    static final String UNKNOWN_LINE = "unknown";

    private static final String NO_LABEL = "none";
    private static final String CHANGELOG = "changelog";

    // In percent, for Micrometer's buckets take whole numbers only: 0.3 would be counted as 1.
    private static final double[] CONFIDENCE_BUCKETS =
            IntStream.rangeClosed(1, 20).mapToDouble(step -> 5 * step).toArray();
    private static final Duration[] TIME_BUCKETS = LongStream.of(
                    500, 1_000, 2_000, 3_000, 5_000, 7_500, 10_000, 15_000, 20_000, 30_000, 40_000, 50_000, 75_000,
                    100_000, 150_000, 200_000, 300_000, 500_000, 1_000_000, 2_000_000, 5_000_000)
            .mapToObj(micros -> Duration.ofNanos(micros * 1_000))
            .toArray(Duration[]::new);

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
        frames = Counter.builder(FRAMES)
                .description("Frames, each counted once by its fate")
                .withRegistry(registry);
        decisions = Counter.builder(DECISIONS).description("Routing events").withRegistry(registry);
        deadLetters = Counter.builder(DEAD_LETTERS)
                .description("Frames that were refused, by reason")
                .withRegistry(registry);
        unwritten = Counter.builder(UNWRITTEN)
                .description("Records that the cluster did not take for what they are")
                .withRegistry(registry);
        confidence = DistributionSummary.builder(CONFIDENCE)
                .description("Calibrated probability of the best label")
                .baseUnit("percent")
                .scale(100)
                .serviceLevelObjectives(CONFIDENCE_BUCKETS)
                .withRegistry(registry);
        latency = Timer.builder(LATENCY)
                .description("From capture to decision")
                .serviceLevelObjectives(TIME_BUCKETS)
                .withRegistry(registry);
        queue = stage(registry, "queue");
        decode = stage(registry, "decode");
        infer = stage(registry, "infer");
        decide = stage(registry, "decide");
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
        Gauge.builder(INFERENCE_RATE, tuning, InferenceTuning::imagesPerSecond)
                .description("Images a second of the network alone, as measured at start")
                .tag("precision", tuning.precision().toString())
                .tag("batch", String.valueOf(tuning.batch()))
                .tag("runs", String.valueOf(tuning.runs()))
                .tag("threads", String.valueOf(tuning.intraOpThreads()))
                .strongReference(true)
                .register(registry);
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

    private static Timer stage(MeterRegistry registry, String stage) {
        return Timer.builder(STAGE)
                .description("Time of a frame in a stage")
                .serviceLevelObjectives(TIME_BUCKETS)
                .tag("stage", stage)
                .register(registry);
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
