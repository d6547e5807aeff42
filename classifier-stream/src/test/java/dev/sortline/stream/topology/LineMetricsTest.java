// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.DeclaredOnly;
import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.LoopWatch;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.sorting.SortingPlan.Fraction;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.review.ReviewMetrics;
import dev.sortline.stream.shadow.ShadowMetrics;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class LineMetricsTest {
    private static final TakenFrame TAKEN = new TakenFrame(
            new Frame("line-1", "camera-1", 1, null, Instant.EPOCH, null, "image/jpeg", null, new byte[] {1}),
            Lines.line("line-1"),
            Instant.EPOCH,
            Instant.EPOCH);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void confidenceFallsIntoItsBucketInPercent() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.record(TAKEN, answer(surely(0.31f), Duration.ZERO, Duration.ZERO));

        // Then
        var buckets = registry.get(LineMetric.CONFIDENCE.meterName())
                .summary()
                .takeSnapshot()
                .histogramCounts();
        assertThat(Arrays.stream(buckets).filter(bucket -> bucket.count() > 0).mapToDouble(CountAtBucket::bucket))
                .first()
                .isEqualTo(35.0);
    }

    @Test
    void tellsHowTheNetworkIsRun() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.record(new InferenceTuning(Engine.TENSORFLOW, Precision.BFLOAT16, 8, 2, 1, 400));

        // Then
        var rate = registry.get(LineMetric.INFERENCE_RATE.meterName())
                .tags("engine", "tensorflow", "precision", "bfloat16", "batch", "8", "runs", "2", "threads", "1")
                .gauge();
        assertThat(rate.value()).isEqualTo(400);
    }

    @Test
    void everySeriesThatCanBeKnownIsThereBeforeItsFirstCount() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.expect(List.of(Lines.line("line-1")), WordClassifier.LABELS);

        // Then
        assertThat(tagsOf(LineMetric.FRAMES.meterName()))
                .containsExactlyInAnyOrder(
                        "routed,line-1",
                        "empty,line-1",
                        "late,line-1",
                        "unreadable,line-1",
                        "repeated,line-1",
                        "unreadable,unknown");
        assertThat(tagsOf(LineMetric.UNWRITTEN.meterName()))
                .containsExactlyInAnyOrder("sortline.actuations", "sortline.frames.dlq", "changelog");
        assertThat(tagsOf(LineMetric.DECISIONS.meterName()))
                .hasSize(3 * 4 + 2)
                .contains(
                        "sort,glass,glass,line-1",
                        "sort,trash,residue,line-1",
                        "uncertain,glass,residue,line-1",
                        "unreadable,none,residue,line-1");
        assertThat(registry.getMeters()).filteredOn(Counter.class::isInstance).allSatisfy(counter -> assertThat(
                        ((Counter) counter).count())
                .as(counter.getId().toString())
                .isZero());
        assertThat(tagsOf(LineMetric.LATENCY.meterName())).containsExactly("line-1");
        assertThat(tagsOf(LineMetric.CONFIDENCE.meterName())).containsExactly("line-1");
    }

    @Test
    void decisionsOfAPlanThatIsPutInForceAreThereBeforeTheirFirstCount() {
        // Given
        var line = Lines.line("line-1");
        new LineMetrics(registry).expect(List.of(line), WordClassifier.LABELS);
        Map<String, Fraction> other = new LinkedHashMap<>();
        other.put("all", Lines.fraction("metal", 0.5, 0, "glass", "metal"));
        other.put("rest", Lines.fraction("residue", 0, 0));

        // When
        line.plan().replaceBy(new PlanEdition("other", "00000000000c", new SortingPlan(other, "rest", null)));

        // Then
        assertThat(tagsOf(LineMetric.DECISIONS.meterName())).contains("sort,glass,metal,line-1");
    }

    @Test
    void everyReasonThatIsCountedIsKnownFromTheStart() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.expect(List.of(Lines.line("line-1")), WordClassifier.LABELS);

        // Then
        assertThat(tagsOf(LineMetric.DEAD_LETTERS.meterName()))
                .containsExactlyInAnyOrder(
                        "bad-envelope",
                        "unknown-line",
                        "unknown-camera",
                        "capture-time",
                        "frozen",
                        "failed",
                        "empty",
                        "too-many-bytes",
                        "unknown-format",
                        "bad-header",
                        "too-many-pixels",
                        "corrupt");
    }

    @Test
    void howMuchSurerTheBestLabelIsFallsIntoItsBucketInPercent() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.record(TAKEN, answer(surely(0.9f), Duration.ZERO, Duration.ZERO));

        // Then
        var gap = registry.get(LineMetric.GAP.meterName()).tag("line", "line-1").summary();
        assertThat(gap.totalAmount()).isCloseTo(86.67, within(0.01));
    }

    @Test
    void anEventThatTheClusterHasIsTimed() {
        // Given
        var metrics = new LineMetrics(registry);
        var event = event();
        metrics.publishes(event);

        // When
        metrics.published(event.id(), true);
        metrics.published(event.id(), true);

        // Then
        assertThat(stage("publish").count()).isOne();
        assertThat(stage("total").count()).isOne();
        assertThat(stage("total").totalTime(TimeUnit.MILLISECONDS)).isGreaterThanOrEqualTo(30);
    }

    @Test
    void anEventThatTheClusterDoesNotTakeIsNotTimed() {
        // Given
        var metrics = new LineMetrics(registry);
        var event = event();
        metrics.publishes(event);

        // When
        metrics.published(event.id(), false);
        metrics.published(event.id(), true);

        // Then
        assertThat(stage("publish").count()).isZero();
    }

    @Test
    void aFrameInHandGrowsOld() {
        // Given
        var metrics = new LineMetrics(registry);
        metrics.expect(List.of(Lines.line("line-1")), WordClassifier.LABELS);

        // When
        metrics.takes(TAKEN);
        double held = oldest();
        metrics.handsOver();

        // Then
        assertThat(held).isPositive();
        assertThat(oldest()).isZero();
    }

    @Test
    void thePlanInForceIsOneALineAtATime() {
        // Given
        var line = Lines.line("line-1");
        new LineMetrics(registry).expect(List.of(line), WordClassifier.LABELS);
        var next =
                new PlanEdition("other", "00000000000c", line.plan().edition().plan());

        // When
        line.plan().replaceBy(next);

        // Then
        assertThat(tagsOf(LineMetric.PLAN_INFO.meterName())).containsExactly("00000000000c,line-1,other");
    }

    @Test
    void everythingThatIsMeasuredIsDeclared() {
        // Given
        List<String> mistakes = new ArrayList<>();
        registry.config().meterFilter(new DeclaredOnly(mistakes::add));
        var metrics = new LineMetrics(registry);

        // When
        metrics.expect(List.of(Lines.line("line-1")), WordClassifier.LABELS);
        metrics.watch("heartbeats", new LoopWatch(System::nanoTime));
        new ReviewMetrics(registry, List.of("line-1"));
        new ShadowMetrics(registry, List.of("line-1"));

        // Then
        // Buckets are meters of their own in this registry, unlike in Prometheus'.
        assertThat(mistakes).allMatch(mistake -> mistake.endsWith(".histogram is not declared"));
    }

    @Test
    void countsItemsUnlikeAnythingTheModelWasTrainedOn() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.record(event(
                Decision.UNCERTAIN, "unlike anything it was trained on: familiarity 0.010 is below the plan's 0.050"));
        metrics.record(event(Decision.UNCERTAIN, "confidence 0.400 is below the plan's 0.500"));

        // Then
        assertThat(registry.get(LineMetric.UNFAMILIAR.meterName())
                        .tag("line", "line-1")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    private static RoutingEvent event() {
        return event(Decision.UNREADABLE, "no image in it");
    }

    private static RoutingEvent event(Decision decision, String reason) {
        return new RoutingEvent(
                "line-1",
                "item-1",
                List.of("line-1/camera-1/1"),
                decision,
                null,
                null,
                "residue",
                null,
                null,
                null,
                null,
                Map.of(),
                Instant.EPOCH,
                Instant.EPOCH.plusMillis(30),
                null,
                null,
                null,
                new RoutingEvent.Model("waste", "1"),
                "plan",
                null,
                reason,
                null,
                new RoutingEvent.StageMicros(0, 0, 0, 0));
    }

    private Timer stage(String stage) {
        return registry.get(LineMetric.STAGE.meterName()).tag("stage", stage).timer();
    }

    private double oldest() {
        return registry.get(LineMetric.OLDEST_FRAME_AGE.meterName())
                .tag("line", "line-1")
                .gauge()
                .value();
    }

    private static FrameLook.Answer answer(Classification classification, Duration decode, Duration infer) {
        return new FrameLook.Answer(new RoutingEvent.Model("words", "1"), classification, decode, infer, false);
    }

    private static Classification surely(float best) {
        float rest = (1 - best) / 3;
        return new Classification(List.of("glass", "metal", "paper", "trash"), new float[] {best, rest, rest, rest});
    }

    private List<String> tagsOf(String name) {
        return registry.find(name).meters().stream()
                .map(meter ->
                        meter.getId().getTags().stream().map(Tag::getValue).collect(Collectors.joining(",")))
                .toList();
    }

    @Test
    void stageTimeFallsIntoItsBucket() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.record(TAKEN, answer(surely(0.9f), Duration.ofMillis(4), Duration.ofMillis(6)));

        // Then
        var infer =
                registry.get(LineMetric.STAGE.meterName()).tag("stage", "infer").timer();
        assertThat(Arrays.stream(infer.takeSnapshot().histogramCounts())
                        .filter(bucket -> bucket.count() > 0)
                        .mapToDouble(bucket -> bucket.bucket() / 1e6))
                .first()
                .isEqualTo(7.5);
    }
}
