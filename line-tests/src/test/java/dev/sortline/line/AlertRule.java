// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A rule of Prometheus.
 *
 * @param name what it records or which alert it is
 * @param alert whether it calls people
 * @param expression the PromQL
 * @param holds the time that an alert must hold, as in {@code 30s}; empty for none
 * @param labels what it adds
 * @param annotations what it says to people
 */
record AlertRule(
        String name,
        boolean alert,
        String expression,
        String holds,
        Map<String, String> labels,
        Map<String, String> annotations) {
    private static final Pattern SELECTOR = Pattern.compile("([a-zA-Z_]\\w*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(=~|!~|!=|=) *\"([^\"]*)\"");

    /**
     * A value that a rule asks for.
     *
     * @param metric of which metric
     * @param label of which label
     * @param value one of those that its pattern names
     */
    record Asked(String metric, String label, String value) {}

    /** All rules of a file, in its order. */
    static List<AlertRule> of(Path file) throws IOException {
        List<AlertRule> rules = new ArrayList<>();
        for (JsonNode group : new YAMLMapper().readTree(file.toFile()).get("groups")) {
            for (JsonNode rule : group.get("rules")) {
                boolean alert = rule.has("alert");
                rules.add(new AlertRule(
                        rule.path(alert ? "alert" : "record").asText(),
                        alert,
                        rule.path("expr").asText(),
                        rule.path("for").asText(),
                        texts(rule.path("labels")),
                        texts(rule.path("annotations"))));
            }
        }
        return rules;
    }

    /** What it reads of series. */
    DashboardQuery query() {
        return DashboardQuery.of(name, expression, "");
    }

    /** Each value that stands in a selector; alternatives are told one by one. */
    Stream<Asked> asked() {
        return SELECTOR.matcher(expression).results().flatMap(selector -> MATCHER.matcher(selector.group(2))
                .results()
                .flatMap(matcher -> Stream.of(matcher.group(3).split("\\|"))
                        .map(value -> new Asked(selector.group(1), matcher.group(1), value))));
    }

    private static Map<String, String> texts(JsonNode node) {
        Map<String, String> texts = new LinkedHashMap<>();
        node.properties()
                .forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
        return texts;
    }

    @Override
    public String toString() {
        return name + " " + labels.getOrDefault("severity", "");
    }
}
