// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.network.InferenceTuning;
import dev.sortline.classifier.network.Precision;
import dev.sortline.contract.Frame;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import dev.sortline.sorting.SortingPlan.Fraction;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        metrics.record(TAKEN, 0.31, Duration.ZERO, Duration.ZERO);

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
        metrics.record(new InferenceTuning(Precision.BFLOAT16, 8, 2, 1, 400));

        // Then
        var rate = registry.get(LineMetric.INFERENCE_RATE.meterName())
                .tags("precision", "bfloat16", "batch", "8", "runs", "2", "threads", "1")
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
        line.plan().replaceBy(new PlanEdition("other", "00000000000c", new SortingPlan(other, "rest")));

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
        metrics.record(TAKEN, 0.9, Duration.ofMillis(4), Duration.ofMillis(6));

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
