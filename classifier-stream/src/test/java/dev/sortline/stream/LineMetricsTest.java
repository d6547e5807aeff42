// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.InferenceTuning;
import dev.sortline.classifier.Precision;
import dev.sortline.contract.Frame;
import dev.sortline.stream.FrameReading.TakenFrame;
import io.micrometer.core.instrument.distribution.CountAtBucket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
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
        var buckets =
                registry.get(LineMetrics.CONFIDENCE).summary().takeSnapshot().histogramCounts();
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
        var rate = registry.get(LineMetrics.INFERENCE_RATE)
                .tags("precision", "bfloat16", "batch", "8", "runs", "2", "threads", "1")
                .gauge();
        assertThat(rate.value()).isEqualTo(400);
    }

    @Test
    void stageTimeFallsIntoItsBucket() {
        // Given
        var metrics = new LineMetrics(registry);

        // When
        metrics.record(TAKEN, 0.9, Duration.ofMillis(4), Duration.ofMillis(6));

        // Then
        var infer = registry.get(LineMetrics.STAGE).tag("stage", "infer").timer();
        assertThat(Arrays.stream(infer.takeSnapshot().histogramCounts())
                        .filter(bucket -> bucket.count() > 0)
                        .mapToDouble(bucket -> bucket.bucket() / 1e6))
                .first()
                .isEqualTo(7.5);
    }
}
