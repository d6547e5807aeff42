// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.line.DashboardQuery.Selector;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.LineProcess;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dashboards ask for, held against what a running classifier and a running gateway export. */
class DashboardIT {
    private static List<PrometheusText.Series> exported = List.of();
    private static final Map<LineProcess, String> AT_THE_START = new EnumMap<>(LineProcess.class);
    private static final Map<LineProcess, String> AT_WORK = new EnumMap<>(LineProcess.class);

    /** What is there only where settings ask for it, or once a camera that no belt names has been seen. */
    private static final Set<LineMetric> NOT_HERE = EnumSet.of(
            LineMetric.SHADOW_FRAMES,
            LineMetric.CERTIFICATE_EXPIRY,
            LineMetric.MODEL_REFUSED,
            LineMetric.CAMERA_LAST_FRAME_AGE,
            LineMetric.CAMERA_SKEW,
            LineMetric.CAMERA_FROZEN,
            LineMetric.CAMERA_REPEATED_FRAMES,
            LineMetric.CAMERA_SEQUENCE_GAPS,
            LineMetric.CAMERA_SEQUENCE_RESETS,
            LineMetric.CAMERA_REFUSED_FRAMES,
            LineMetric.GATE_FRAMES,
            LineMetric.GATE_OPEN);

    /** Both as they run in production, once the classifier has seen an item, and a record that is none. */
    @BeforeAll
    static void scrape(@TempDir Path folder) throws Exception {
        try (var broker = EmbeddedBroker.start()) {
            TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
            try (var classifier = ClassifyProcess.start(broker, List.of("line-1"), folder);
                    var plc = new SimplePlc();
                    var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder);
                    var camera = new TestCamera(broker)) {
                AT_THE_START.put(LineProcess.CLASSIFIER, metricsOf(() -> classifier.get("/metrics")));
                AT_THE_START.put(LineProcess.GATEWAY, metricsOf(() -> gateway.get("/metrics")));
                camera.publish("line-1", 1, Samples.picture("metal"));
                camera.publishPoison("line-1", "no frame".getBytes(StandardCharsets.UTF_8));
                Awaitility.await()
                        .atMost(Duration.ofSeconds(60))
                        .ignoreExceptions()
                        .until(() -> {
                            exported = Stream.of(classifier.get("/metrics"), gateway.get("/metrics"))
                                    .flatMap(metrics -> PrometheusText.series(metrics).stream())
                                    .toList();
                            return Stream.of(
                                            "sortline_decisions_total",
                                            "sortline_dead_letters_total",
                                            "sortline_driver_up")
                                    .map(name -> new Selector(name, Map.of()))
                                    .allMatch(selector -> exported.stream()
                                            .anyMatch(series -> series.value() > 0 && selector.matches(series)));
                        });
                AT_WORK.put(LineProcess.CLASSIFIER, classifier.get("/metrics"));
                AT_WORK.put(LineProcess.GATEWAY, gateway.get("/metrics"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryFindsSeriesThatAreExported(DashboardQuery query) {
        // Given
        var selectors =
                query.selectors().stream().filter(DashboardIT::isExportedHere).toList();

        // When
        var missing = selectors.stream()
                .filter(selector -> exported.stream().noneMatch(selector::matches))
                .toList();

        // Then
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyLabelThatAQueryShowsIsOnItsSeries(DashboardQuery query) {
        // Given
        var asked = exported.stream()
                .filter(series -> query.selectors().stream().anyMatch(selector -> selector.matches(series)))
                .toList();

        // When
        var labels = asked.stream().map(series -> series.labels().keySet()).toList();

        // Then
        assertThat(labels).allSatisfy(carried -> assertThat(carried).containsAll(query.labels()));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLASSIFIER", "GATEWAY"})
    void everyDeclaredMetricIsThereFromTheStart(LineProcess process) {
        // Given
        var expected = Arrays.stream(LineMetric.values())
                .filter(metric -> metric.processes().contains(process) && !NOT_HERE.contains(metric))
                .flatMap(metric -> metric.exportedSeries().stream())
                .toList();

        // When
        var there = PrometheusText.series(AT_THE_START.getOrDefault(process, "")).stream()
                .map(PrometheusText.Series::name)
                .toList();

        // Then
        assertThat(there).containsAll(expected);
    }

    @ParameterizedTest
    @EnumSource(names = {"CLASSIFIER", "GATEWAY"})
    void nothingIsExportedThatIsNotDeclared(LineProcess process) {
        // Given
        var declared = Arrays.stream(LineMetric.values())
                .filter(metric -> metric.processes().contains(process))
                .flatMap(metric -> metric.exportedSeries().stream())
                .toList();

        // When
        var there = PrometheusText.series(AT_WORK.getOrDefault(process, "")).stream()
                .map(PrometheusText.Series::name)
                .filter(name -> name.startsWith("sortline_"))
                .toList();

        // Then
        assertThat(there).isNotEmpty().allMatch(declared::contains);
    }

    @Test
    void anEventIsTimedUntilTheClusterHasIt() {
        // When
        var published =
                PrometheusText.series(AT_WORK.getOrDefault(LineProcess.CLASSIFIER, ""), "sortline_stage_seconds_count")
                        .stream()
                        .filter(series -> Set.of("publish", "total")
                                .contains(series.labels().get("stage")))
                        .toList();

        // Then
        assertThat(published).hasSize(2).allMatch(series -> series.value() > 0);
    }

    private static String metricsOf(Callable<String> process) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .ignoreExceptions()
                .until(process, text -> !text.isEmpty());
    }

    @Test
    void selectorsAndLabelsAreTakenOutOfAQuery() {
        // Given
        var expression = "histogram_quantile(0.99, sum by (le, stage) (rate(a_bucket{line=~\"$line\", job=\"x\"}[5m])))"
                + " / sum(b{area=\"heap\"} >= 0) or vector(1e-9)";

        // When
        var query = DashboardQuery.of("panel", expression, "{{stage}} of {{instance}}");

        // Then
        assertThat(query.selectors())
                .containsExactly(
                        new Selector("a_bucket", Map.of("line", Selector.ANY)),
                        new Selector("b", Map.of("area", "heap")));
        assertThat(query.labels()).containsExactlyInAnyOrder("stage", "le");
    }

    /** The producer is not started here; DashboardFilesTest holds what is asked of it against the declarations. */
    private static boolean isExportedHere(Selector selector) {
        return Arrays.stream(LineMetric.values())
                .filter(metric -> metric.exportedSeries().contains(selector.metric()))
                .allMatch(metric -> !NOT_HERE.contains(metric)
                        && (metric.processes().contains(LineProcess.CLASSIFIER)
                                || metric.processes().contains(LineProcess.GATEWAY)));
    }

    static List<DashboardQuery> queries() throws IOException {
        return DashboardQuery.ofAll();
    }
}
