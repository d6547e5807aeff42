// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.CardFigures;
import dev.sortline.metrics.LineMetric;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ModelMetricsTest {
    private static final List<String> LABELS = List.of("glass", "metal");
    private static final CardFigures CARD = new CardFigures("val", 300, Map.of("glass", 0.25, "metal", 0.75), 0.9, 2);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ModelMetrics models =
            new ModelMetrics(registry, InstantSource.fixed(Instant.parse("2026-01-01T00:00:00Z")));

    @Test
    void answersAreComparedWithTheCards() {
        // Given
        models.inForce("line-1", "waste", "1", LABELS, Optional.of(CARD));

        // When
        answer("line-1", "glass", 100);
        answer("line-1", "metal", 100);

        // Then
        assertThat(share(LineMetric.LABEL_SHARE, "glass")).isEqualTo(0.5);
        assertThat(share(LineMetric.LABEL_SHARE_EXPECTED, "glass")).isEqualTo(0.25);
        assertThat(value(LineMetric.LABEL_STABILITY_INDEX)).isEqualTo(0.274653, within(1e-6));
        assertThat(value(LineMetric.CONFIDENCE_EXPECTED)).isEqualTo(90);
    }

    @Test
    void beforeThereIsEnoughToCompareTheSeriesAreThereAndNotANumber() {
        // When
        models.inForce("line-1", "waste", "1", LABELS, Optional.of(CARD));

        // Then
        assertThat(share(LineMetric.LABEL_SHARE, "metal")).isNaN();
        assertThat(value(LineMetric.LABEL_STABILITY_INDEX)).isNaN();
    }

    @Test
    void withoutACardNothingIsCompared() {
        // Given
        models.inForce("line-1", "waste", "1", LABELS, Optional.empty());

        // When
        answer("line-1", "glass", 1_000);

        // Then
        assertThat(share(LineMetric.LABEL_SHARE, "glass")).isEqualTo(1);
        assertThat(registry.find(LineMetric.LABEL_SHARE_EXPECTED.meterName()).meters())
                .isEmpty();
        assertThat(registry.find(LineMetric.LABEL_STABILITY_INDEX.meterName()).meters())
                .isEmpty();
        assertThat(registry.find(LineMetric.CONFIDENCE_EXPECTED.meterName()).meters())
                .isEmpty();
    }

    @Test
    void anotherModelTakesThePlaceOfTheOneBefore() {
        // Given
        models.inForce("line-1", "waste", "1", LABELS, Optional.of(CARD));
        answer("line-1", "glass", 1_000);

        // When
        models.inForce("line-1", "waste", "2", List.of("glass", "paper"), Optional.empty());

        // Then
        assertThat(registry.get(LineMetric.MODEL_INFO.meterName()).gauges())
                .extracting(gauge -> gauge.getId().getTag("version"))
                .containsExactly("2");
        assertThat(registry.get(LineMetric.LABEL_SHARE.meterName()).gauges())
                .extracting(gauge -> gauge.getId().getTag("label"))
                .containsExactlyInAnyOrder("glass", "paper");
        assertThat(share(LineMetric.LABEL_SHARE, "glass")).isNaN();
    }

    @Test
    void linesThatNobodyKnowsMakeNoSeries() {
        // Given
        models.inForce("line-1", "waste", "1", LABELS, Optional.of(CARD));
        int before = registry.getMeters().size();

        // When
        IntStream.range(0, 1_000).forEach(each -> models.answered("hostile-" + each, "label-" + each));
        IntStream.range(0, 1_000).forEach(each -> models.answered("line-1", "label-" + each));

        // Then
        assertThat(registry.getMeters()).hasSize(before);
    }

    private void answer(String line, String label, int times) {
        IntStream.range(0, times).forEach(each -> models.answered(line, label));
    }

    private double share(LineMetric metric, String label) {
        return registry.get(metric.meterName())
                .tags("line", "line-1", "label", label)
                .gauge()
                .value();
    }

    private double value(LineMetric metric) {
        Gauge gauge = registry.get(metric.meterName()).tag("line", "line-1").gauge();
        return gauge.value();
    }
}
