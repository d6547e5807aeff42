// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LineMetricTest {
    private final PrometheusMeterRegistry prometheus = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

    @ParameterizedTest
    @EnumSource
    void isExportedUnderTheNamesThatItSays(LineMetric metric) {
        // Given
        String[] tags = metric.tags().stream()
                .flatMap(tag -> List.of(
                        tag.name(), tag.words().isEmpty() ? "some" : tag.words().get(0))
                        .stream())
                .toArray(String[]::new);

        // When
        register(metric, tags);

        // Then
        assertThat(prometheus
                        .scrape()
                        .lines()
                        .filter(row -> !row.startsWith("#"))
                        .map(row -> row.split("[{ ]", 2)[0])
                        .collect(Collectors.toSet()))
                .containsExactlyInAnyOrderElementsOf(metric.exportedSeries());
        assertThat(prometheus.scrape()).contains("# HELP " + metric.exportedName() + " " + metric.help());
    }

    @ParameterizedTest
    @EnumSource
    void saysWhatItMeansInAWordOfPrometheusAndWhoExportsIt(LineMetric metric) {
        // When
        String help = metric.help();

        // Then
        assertThat(help).isNotBlank().doesNotEndWith(".").doesNotContain("|");
        assertThat(metric.processes()).isNotEmpty();
        assertThat(metric.exportedName()).matches("sortline(_[a-z]+)+");
    }

    @Test
    void noTwoHaveOneName() {
        // When
        List<String> names =
                Arrays.stream(LineMetric.values()).map(LineMetric::exportedName).toList();

        // Then
        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void aShareIsMeasuredInPercent() {
        // Given
        var registry = new SimpleMeterRegistry();
        var confidence = LineMetric.CONFIDENCE.summary(registry).withTag("line", "line-1");

        // When
        confidence.record(0.5);

        // Then
        assertThat(confidence.totalAmount()).isEqualTo(50);
    }

    @Test
    void isMadeOnlyAsWhatItIs() {
        // Given
        var registry = new SimpleMeterRegistry();

        // When
        var thrown = assertThatThrownBy(() -> LineMetric.FRAMES.timer(registry));

        // Then
        thrown.hasMessage("sortline.frames is a COUNTER, not a TIMER");
    }

    @Test
    void otherTagsAndWordsAreToldAsMistakes() {
        // Given
        var metric = LineMetric.FRAMES;

        // When
        List<String> mistakes = new ArrayList<>();
        List.of(Tags.of("line", "any", "fate", "late"), Tags.of("line", "any"), Tags.of("line", "any", "fate", "eaten"))
                .forEach(tags -> metric.mistakeIn(tags).ifPresent(mistakes::add));

        // Then
        assertThat(mistakes)
                .containsExactly(
                        "sortline.frames has the tags [line]: must have [fate, line]",
                        "sortline.frames has fate 'eaten', which is not declared");
    }

    private void register(LineMetric metric, String... tags) {
        switch (metric.kind()) {
            case COUNTER -> metric.counter(prometheus).withTags(tags);
            case TIMER -> metric.timer(prometheus).withTags(tags);
            case SUMMARY -> metric.summary(prometheus).withTags(tags);
            case GAUGE -> metric.gauge(prometheus, () -> 1, tags);
            case INFO -> metric.info(prometheus, tags);
        }
    }
}
