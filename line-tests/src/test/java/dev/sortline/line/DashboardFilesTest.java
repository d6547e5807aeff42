// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.line.DashboardQuery.Selector;
import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.MetricTag;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The dashboards are what their sheets say, and what they ask for is declared. */
class DashboardFilesTest {
    private static final boolean WRITE = Boolean.getBoolean("sortline.write");
    private static final JsonMapper JSON = new JsonMapper();
    private static final Pattern WAY = Pattern.compile("/d/([\\w-]+)\\?");

    /** What is asked for that is not the line's own, with the labels that are used. */
    private static final Map<String, Set<String>> OTHERS = Map.of(
            "kafka_consumer_fetch_manager_records_lag_max", Set.of(),
            "kafka_consumer_coordinator_rebalance_total", Set.of(),
            "kafka_stream_thread_process_latency_avg", Set.of(),
            "process_cpu_usage", Set.of(),
            "jvm_memory_used_bytes", Set.of("area"),
            "jvm_threads_live_threads", Set.of());

    @ParameterizedTest
    @MethodSource("sheets")
    void theFileIsWhatTheSheetSays(DashboardSheet sheet) throws IOException {
        // Given
        String text = JSON.writerWithDefaultPrettyPrinter().writeValueAsString(sheet.json()) + "\n";
        if (WRITE) {
            Files.writeString(sheet.file(), text);
        }

        // When
        String written = Files.readString(sheet.file());

        // Then
        assertThat(written).isEqualTo(text);
    }

    @Test
    void noDashboardIsThereWithoutASheet() throws IOException {
        // Given
        var sheets = sheets().stream().map(DashboardSheet::file).toList();

        // When
        List<Path> there;
        try (var files = Files.list(Path.of("../grafana/dashboards"))) {
            there = files.toList();
        }

        // Then
        assertThat(there).containsExactlyInAnyOrderElementsOf(sheets);
    }

    @ParameterizedTest
    @MethodSource("queries")
    void everyMetricThatAQueryAsksForIsDeclaredWithItsLabels(DashboardQuery query) {
        // When
        var mistakes = query.selectors().stream()
                .filter(selector -> !isDeclared(selector, query.labels()))
                .toList();

        // Then
        assertThat(query.selectors()).isNotEmpty();
        assertThat(mistakes).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sheets")
    void everyPanelHasAUnitADescriptionAndTheChosenSource(DashboardSheet sheet) throws IOException {
        // When
        var panels = JSON.readTree(sheet.file().toFile()).get("panels");

        // Then
        assertThat(panels).hasSizeGreaterThan(5).allSatisfy(panel -> {
            assertThat(panel.get("title").asText()).isNotEmpty();
            assertThat(panel.get("description").asText()).endsWith(".");
            assertThat(panel.at("/fieldConfig/defaults/unit").asText()).isNotEmpty();
            assertThat(panel.findValues("datasource"))
                    .hasSizeGreaterThan(1)
                    .allMatch(source -> source.get("uid").asText().equals("${datasource}"));
        });
    }

    @Test
    void everyLinkLeadsToADashboardThatIsThere() throws IOException {
        // Given
        var uids = new ArrayList<String>();
        var ways = new HashSet<String>();

        // When
        for (DashboardSheet sheet : sheets()) {
            JsonNode json = JSON.readTree(sheet.file().toFile());
            uids.add(json.get("uid").asText());
            WAY.matcher(json.toString()).results().forEach(way -> ways.add(way.group(1)));
        }

        // Then
        assertThat(uids).doesNotHaveDuplicates().containsAll(ways);
        assertThat(ways).isNotEmpty();
    }

    private static boolean isDeclared(Selector selector, Set<String> shown) {
        var labels = new HashSet<>(shown);
        labels.addAll(selector.values().keySet());
        labels.remove("le");
        var others = OTHERS.get(selector.metric());
        if (others != null) {
            return others.containsAll(labels);
        }
        return Arrays.stream(LineMetric.values())
                .filter(metric -> metric.exportedSeries().contains(selector.metric()))
                .anyMatch(metric ->
                        metric.tags().stream().map(MetricTag::name).toList().containsAll(labels)
                                && metric.tags().stream().allMatch(tag -> isPossible(tag, selector)));
    }

    private static boolean isPossible(MetricTag tag, Selector selector) {
        String value = selector.values().getOrDefault(tag.name(), Selector.ANY);
        return value.equals(Selector.ANY) || tag.allows(value);
    }

    static List<DashboardSheet> sheets() throws IOException {
        return DashboardSheet.all();
    }

    static List<DashboardQuery> queries() throws IOException {
        return DashboardQuery.ofAll();
    }
}
