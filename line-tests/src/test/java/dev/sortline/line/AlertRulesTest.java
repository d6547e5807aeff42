// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sortline.metrics.LineMetric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Alerts, what they read, their pages and their tests, held against each other. What promtool says of them is in {@link PromtoolTest}. */
class AlertRulesTest {
    private static final Path RULES = Path.of("../grafana/rules/sortline.yml");
    private static final Path PAGES = Path.of("../docs/runbooks");
    private static final Path TESTS = Path.of("../grafana/rules/tests");

    /** What others export. */
    private static final String FOREIGN = "up|(jvm|kafka|process)_\\w+";

    /** Prometheus' own labels. */
    private static final Set<String> OF_PROMETHEUS = Set.of("job", "instance", "le");

    @ParameterizedTest
    @MethodSource("rules")
    void everyMetricThatIsReadIsDeclared(AlertRule rule) {
        // When
        var unknown = rule.query().selectors().stream()
                .map(DashboardQuery.Selector::metric)
                .filter(metric -> !metric.matches(FOREIGN) && declared(metric).isEmpty())
                .toList();

        // Then
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyLabelValueThatIsAskedForCanBe(AlertRule rule) {
        // When
        var impossible = rule.asked()
                .filter(asked -> !OF_PROMETHEUS.contains(asked.label()))
                .filter(asked -> !asked.metric().matches(FOREIGN))
                .filter(asked -> declared(asked.metric()).stream()
                        .flatMap(metric -> metric.tags().stream())
                        .noneMatch(tag -> tag.name().equals(asked.label()) && tag.allows(asked.value())))
                .toList();

        // Then
        assertThat(impossible).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyBucketThatIsAskedForIsThere(AlertRule rule) {
        // When
        var missing = rule.asked()
                .filter(asked -> asked.label().equals("le") && !asked.value().equals("+Inf"))
                .filter(asked -> declared(asked.metric())
                        .filter(metric -> metric.buckets().contains(Double.valueOf(asked.value())))
                        .isEmpty())
                .toList();

        // Then
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("rules")
    void everyLabelByWhichIsGroupedIsOfEachMetric(AlertRule rule) {
        // Given
        var query = rule.query();

        // When
        var without = query.selectors().stream()
                .map(DashboardQuery.Selector::metric)
                .filter(metric -> !metric.matches(FOREIGN))
                .filter(metric -> !declared(metric).stream()
                        .flatMap(found -> found.tags().stream())
                        .map(tag -> tag.name())
                        .collect(Collectors.toSet())
                        .containsAll(query.labels().stream()
                                .filter(label -> !OF_PROMETHEUS.contains(label))
                                .toList()))
                .toList();

        // Then
        assertThat(without).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyAlertSaysHowBadItIsWhereAndWhatToDo(AlertRule alert) {
        // When
        var words = alert.annotations();

        // Then
        assertThat(alert.holds()).matches("\\d+[smh]");
        assertThat(alert.labels().get("severity")).isIn("critical", "warning");
        assertThat(words).containsOnlyKeys("summary", "description", "runbook_url");
        assertThat(words.get("runbook_url")).isEqualTo("docs/runbooks/%s.md", alert.name());
        for (String place : List.of("line", "camera", "driver", "plan")) {
            if (alert.query().labels().contains(place)) {
                assertThat(words.get("summary")).contains("{{ $labels." + place + " }}");
                assertThat(words.get("description")).contains("{{ $labels." + place + " }}");
            }
        }
    }

    @Test
    void everyAlertHasItsPageAndEveryPageItsAlert() throws IOException {
        // When
        Set<String> pages;
        try (Stream<Path> files = Files.list(PAGES)) {
            pages = files.map(file -> file.getFileName().toString())
                    .filter(name -> !name.equals("README.md"))
                    .map(name -> name.replaceFirst("\\.md$", ""))
                    .collect(Collectors.toCollection(TreeSet::new));
        }

        // Then
        assertThat(pages).isEqualTo(names());
    }

    @Test
    void everyAlertIsInBothTables() throws IOException {
        // When
        String index = Files.readString(PAGES.resolve("README.md"));
        String page = Files.readString(Path.of("../docs/alerts.md"));

        // Then
        assertThat(names()).allSatisfy(name -> {
            assertThat(index).contains("[%s](%s.md)".formatted(name, name));
            assertThat(page).contains("[%s](runbooks/%s.md)".formatted(name, name));
        });
    }

    @ParameterizedTest
    @MethodSource("alerts")
    void everyPageSaysWhatItMeansThreeStepsAndWhenItIsOver(AlertRule alert) throws IOException {
        // When
        String page = Files.readString(PAGES.resolve(alert.name() + ".md"));

        // Then
        assertThat(page)
                .startsWith("# " + alert.name() + "\n")
                .containsSubsequence(
                        "## What it means", "## First steps", "\n1. ", "\n2. ", "\n3. ", "## It is over when");
    }

    @Test
    void everyAlertIsTestedToFireAtItsFaultNotBeforeAndToClear() throws IOException {
        // Given
        Map<String, Set<String>> firing = new TreeMap<>();
        Set<String> notBefore = new TreeSet<>();
        Set<String> clearing = new TreeSet<>();

        // When
        for (JsonNode test : tests()) {
            boolean fired = false;
            for (JsonNode moment : test.get("alert_rule_test")) {
                String name = moment.get("alertname").asText();
                JsonNode expected = moment.get("exp_alerts");
                if (expected.isEmpty()) {
                    (fired ? clearing : notBefore).add(name);
                } else {
                    fired = true;
                    expected.forEach(one -> firing.computeIfAbsent(name, unused -> new TreeSet<>())
                            .add(one.at("/exp_labels/severity").asText()));
                }
            }
        }

        // Then
        assertThat(firing).isEqualTo(severities());
        assertThat(notBefore).isEqualTo(names());
        assertThat(clearing).isEqualTo(names());
    }

    @Test
    void everyAlertIsFiredByItsFaultInARunningLine() throws IOException {
        // When
        Set<String> fired = Stream.of(AlertsIT.OF_LOSSES, AlertsIT.OF_FAULTS, Set.of(UnansweredFramesIT.ALERT))
                .flatMap(Set::stream)
                .collect(Collectors.toSet());

        // Then
        assertThat(fired).isEqualTo(names());
    }

    private static List<JsonNode> tests() throws IOException {
        try (Stream<Path> files = Files.list(TESTS)) {
            return files.flatMap(AlertRulesTest::testsOf).toList();
        }
    }

    private static Stream<JsonNode> testsOf(Path file) {
        try {
            return new YAMLMapper().readTree(file.toFile()).get("tests").valueStream();
        } catch (IOException e) {
            throw new AssertionError(file + " cannot be read", e);
        }
    }

    private static Map<String, Set<String>> severities() throws IOException {
        Map<String, Set<String>> severities = new TreeMap<>();
        for (AlertRule alert : alerts()) {
            severities
                    .computeIfAbsent(alert.name(), unused -> new TreeSet<>())
                    .add(alert.labels().getOrDefault("severity", ""));
        }
        return severities;
    }

    private static Set<String> names() throws IOException {
        return severities().keySet();
    }

    private static Optional<LineMetric> declared(String series) {
        return Arrays.stream(LineMetric.values())
                .filter(metric -> metric.exportedSeries().contains(series))
                .findFirst();
    }

    static List<AlertRule> rules() throws IOException {
        return AlertRule.of(RULES);
    }

    static List<AlertRule> alerts() throws IOException {
        return rules().stream().filter(AlertRule::alert).toList();
    }
}
