// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.loopback.PrometheusText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One query of a dashboard, taken apart as far as it must fit what is exported.
 *
 * @param panel the panel's title, or the variable's name
 * @param expression the PromQL
 * @param selectors the series that it asks for
 * @param labels the labels that it groups by or shows, which each of those series must carry
 */
record DashboardQuery(String panel, String expression, List<Selector> selectors, Set<String> labels) {
    /** Prometheus adds these to what it scrapes. */
    private static final Set<String> TARGET_LABELS = Set.of("job", "instance");

    private static final Set<String> GROUPINGS = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> WORDS = Set.of("or", "and", "unless", "offset", "bool");
    private static final Pattern VARIABLE_QUERY = Pattern.compile("label_values\\((.*), *(\\w+)\\)");
    private static final Pattern LEGEND_LABEL = Pattern.compile("\\{\\{(\\w+)}}");
    private static final Pattern LABEL = Pattern.compile("[a-zA-Z_]\\w*");
    private static final Pattern MATCHER = Pattern.compile("(\\w+) *(=~|!~|!=|=) *\"([^\"]*)\"");
    /** An identifier, what stands in braces or brackets, or a string. */
    private static final Pattern TOKEN =
            Pattern.compile("[a-zA-Z_:][\\w:]*|\\{[^}]*}|\\[[^]]*]|\"[^\"]*\"|[0-9.]+(e-?[0-9]+)?|\\S");

    /**
     * What a selector asks for.
     *
     * @param metric the metric's name
     * @param values the values that labels must have; one that a variable or a pattern gives is any
     */
    record Selector(String metric, Map<String, String> values) {
        static final String ANY = "";

        boolean matches(PrometheusText.Series series) {
            return series.name().equals(metric)
                    && values.entrySet().stream()
                            .allMatch(wanted -> wanted.getValue().equals(ANY)
                                    ? series.labels().containsKey(wanted.getKey())
                                    : wanted.getValue().equals(series.labels().get(wanted.getKey())));
        }
    }

    /** All queries of all dashboards. */
    static List<DashboardQuery> ofAll() throws IOException {
        var queries = new ArrayList<DashboardQuery>();
        for (DashboardSheet sheet : DashboardSheet.all()) {
            queries.addAll(of(sheet.file()));
        }
        return queries;
    }

    /** All queries of a dashboard: those of its panels and those of its variables. */
    static List<DashboardQuery> of(Path dashboard) throws IOException {
        var queries = new ArrayList<DashboardQuery>();
        var json = new JsonMapper().readTree(dashboard.toFile());
        for (JsonNode panel : json.get("panels")) {
            for (JsonNode target : panel.get("targets")) {
                queries.add(of(
                        panel.get("title").asText(),
                        target.get("expr").asText(),
                        target.get("legendFormat").asText()));
            }
        }
        for (JsonNode variable : json.at("/templating/list")) {
            if (variable.get("type").asText().equals("datasource")) {
                continue;
            }
            var query = VARIABLE_QUERY.matcher(variable.at("/query/query").asText());
            if (!query.matches()) {
                throw new IllegalArgumentException(variable + ": must be label_values(metric, label)");
            }
            queries.add(of(variable.get("name").asText(), query.group(1), "{{" + query.group(2) + "}}"));
        }
        return queries;
    }

    static DashboardQuery of(String panel, String expression, String legend) {
        var selectors = new ArrayList<Selector>();
        var labels = new LinkedHashSet<String>();
        LEGEND_LABEL.matcher(legend).results().forEach(shown -> labels.add(shown.group(1)));
        var tokens =
                TOKEN.matcher(expression).results().map(token -> token.group()).toList();
        for (int i = 0; i < tokens.size(); i++) {
            String token = tokens.get(i);
            String next = i + 1 < tokens.size() ? tokens.get(i + 1) : "";
            if (GROUPINGS.contains(token)) {
                i = tokens.subList(i, tokens.size()).indexOf(")") + i;
                labels.addAll(between(tokens, i));
            } else if (LABEL.matcher(token).matches()
                    && !next.equals("(")
                    && !GROUPINGS.contains(next)
                    && !WORDS.contains(token)) {
                selectors.add(new Selector(token, next.startsWith("{") ? values(next) : Map.of()));
            }
        }
        labels.removeAll(TARGET_LABELS);
        return new DashboardQuery(panel, expression, selectors, labels);
    }

    /** The words of the parenthesis that closes at an index. */
    private static List<String> between(List<String> tokens, int close) {
        int open = tokens.subList(0, close).lastIndexOf("(");
        return tokens.subList(open + 1, close).stream()
                .filter(token -> LABEL.matcher(token).matches())
                .toList();
    }

    private static Map<String, String> values(String braces) {
        var values = new LinkedHashMap<String, String>();
        MATCHER.matcher(braces).results().forEach(matcher -> {
            boolean literal = matcher.group(2).equals("=") && !matcher.group(3).contains("$");
            values.put(matcher.group(1), literal ? matcher.group(3) : Selector.ANY);
        });
        values.keySet().removeAll(TARGET_LABELS);
        return values;
    }

    /** An expression as Grafana would ask it for all lines, where samples are a second apart. */
    static String filledIn(String expression) {
        return expression.replace("$__rate_interval", "15s").replace("$line", ".*");
    }

    @Override
    public String toString() {
        return panel + ": " + expression;
    }
}
