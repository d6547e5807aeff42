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
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the dashboard asks for, held against what a running classifier and a running gateway export. */
class DashboardIT {
    private static final Path DASHBOARD = Path.of("../grafana/dashboards/sortline.json");
    private static List<PrometheusText.Series> exported = List.of();

    /** Both as they run in production, once the classifier has seen an item, and a record that is none. */
    @BeforeAll
    static void scrape(@TempDir Path folder) throws Exception {
        try (var broker = EmbeddedBroker.start()) {
            TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
            try (var classifier = ClassifyProcess.start(broker, List.of("line-1"), folder);
                    var plc = new SimplePlc();
                    var gateway = GatewayProcess.start(broker.bootstrapServers(), plc.port(), folder);
                    var camera = new TestCamera(broker)) {
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
            }
        }
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyQueryFindsSeriesThatAreExported(DashboardQuery query) {
        // Given
        var selectors = query.selectors();

        // When
        var missing = selectors.stream()
                .filter(selector -> exported.stream().noneMatch(selector::matches))
                .toList();

        // Then
        assertThat(selectors).isNotEmpty();
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

    static List<DashboardQuery> queries() throws IOException {
        return DashboardQuery.of(DASHBOARD);
    }
}
