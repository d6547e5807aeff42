// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A dashboard in short, as {@code grafana/dashboards.yaml} has it: what differs from one to the next, without what Grafana wants besides.
 *
 * @param name of its file, and of what leads to it
 * @param title as people see it
 * @param description what it is for
 * @param panels from left to right, row by row
 */
record DashboardSheet(String name, String title, String description, List<Panel> panels) {
    private static final Path SHEETS = Path.of("../grafana/dashboards.yaml");
    private static final Path FOLDER = Path.of("../grafana/dashboards");
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int COLUMNS = 24;

    /**
     * A panel in short.
     *
     * @param what description, for whoever looks at it
     * @param kind Grafana's word for it
     * @param unit Grafana's word for it
     * @param size columns and rows, as {@code 12x8}
     * @param queries PromQL by legend
     * @param thresholds from which value on a colour is shown
     * @param words what is shown in place of a value
     * @param to name of the dashboard that a click leads to; empty for none
     * @param exemplars whether examples are shown
     */
    record Panel(
            String title,
            String what,
            String kind,
            String unit,
            String size,
            Map<String, String> queries,
            Map<String, Double> thresholds,
            Map<String, String> words,
            String to,
            boolean exemplars) {
        Panel {
            thresholds = thresholds == null ? Map.of() : thresholds;
            words = words == null ? Map.of() : words;
            to = to == null ? "" : to;
        }

        private int columns() {
            return Integer.parseInt(size.substring(0, size.indexOf('x')));
        }

        private int rows() {
            return Integer.parseInt(size.substring(size.indexOf('x') + 1));
        }

        private ObjectNode json(int id, int x, int y) {
            var panel = JSON.objectNode()
                    .put("id", id)
                    .put("type", kind)
                    .put("title", title)
                    .put("description", what);
            panel.set("datasource", source());
            panel.putObject("gridPos")
                    .put("x", x)
                    .put("y", y)
                    .put("w", columns())
                    .put("h", rows());
            var targets = panel.putArray("targets");
            queries.forEach((legend, expression) -> targets.add(target(targets.size(), legend, expression)));
            var fields = panel.putObject("fieldConfig");
            fields.set("defaults", defaults());
            fields.putArray("overrides");
            panel.set("options", options());
            return panel;
        }

        private ObjectNode target(int index, String legend, String expression) {
            var target = JSON.objectNode();
            target.set("datasource", source());
            target.put("refId", String.valueOf((char) ('A' + index)))
                    .put("expr", expression)
                    .put("legendFormat", legend)
                    .put("range", true)
                    .put("editorMode", "code");
            if (exemplars) {
                target.put("exemplar", true);
            }
            if (kind.equals("heatmap")) {
                target.put("format", "heatmap");
            }
            return target;
        }

        private ObjectNode defaults() {
            var defaults = JSON.objectNode().put("unit", unit);
            defaults.putObject("color").put("mode", kind.equals("timeseries") ? "palette-classic" : "thresholds");
            var scale = defaults.putObject("thresholds").put("mode", "absolute");
            var steps = scale.putArray("steps");
            steps.addObject()
                    .put("color", thresholds.containsKey("green") ? "red" : "green")
                    .putNull("value");
            thresholds.forEach(
                    (colour, from) -> steps.addObject().put("color", colour).put("value", from));
            var mappings = defaults.putArray("mappings");
            if (!words.isEmpty()) {
                var texts = mappings.addObject().put("type", "value").putObject("options");
                words.forEach((value, text) -> texts.putObject(value).put("text", text));
            }
            if (!to.isEmpty()) {
                defaults.putArray("links")
                        .addObject()
                        .put("title", "Look closer")
                        .put("url", "/d/" + uid(to) + "?${__all_variables}&${__url_time_range}");
            }
            if (kind.equals("timeseries")) {
                var custom = defaults.putObject("custom");
                custom.put("lineWidth", 1).put("fillOpacity", 10).put("showPoints", "never");
                custom.putObject("thresholdsStyle").put("mode", thresholds.isEmpty() ? "off" : "dashed");
            }
            return defaults;
        }

        /** Left to itself, Grafana leaves out the name where there is only one. */
        private String textMode() {
            if (unit.equals("none")) {
                return "name";
            }
            return queries.keySet().stream().anyMatch(legend -> legend.contains("{{")) ? "value_and_name" : "auto";
        }

        private ObjectNode options() {
            var options = JSON.objectNode();
            switch (kind) {
                case "stat" -> {
                    var reduce = options.putObject("reduceOptions");
                    reduce.putArray("calcs").add("lastNotNull");
                    reduce.put("fields", "").put("values", false);
                    options.put("graphMode", "area")
                            .put("colorMode", "value")
                            .put("textMode", textMode())
                            .put("justifyMode", "auto")
                            .put("orientation", "auto");
                }
                case "timeseries" -> {
                    var legend = options.putObject("legend")
                            .put("displayMode", "list")
                            .put("placement", "bottom");
                    legend.put("showLegend", true).putArray("calcs");
                    options.putObject("tooltip").put("mode", "multi").put("sort", "desc");
                }
                case "state-timeline" ->
                    options.put("mergeValues", true).put("showValue", "auto").put("rowHeight", 0.9);
                case "heatmap" -> {
                    options.put("calculate", false);
                    options.putObject("color")
                            .put("mode", "scheme")
                            .put("scheme", "Blues")
                            .put("steps", 64);
                    options.putObject("yAxis").put("unit", unit);
                    options.putObject("rowsFrame").put("layout", "le");
                }
                default -> throw new IllegalArgumentException("panel '%s' is a '%s'".formatted(title, kind));
            }
            return options;
        }
    }

    /** All dashboards. */
    static List<DashboardSheet> all() throws IOException {
        return new YAMLMapper().readValue(SHEETS.toFile(), new TypeReference<>() {});
    }

    /** Where it is kept as Grafana reads it. */
    Path file() {
        return FOLDER.resolve(name + ".json");
    }

    private static String uid(String name) {
        return "sortline-" + name;
    }

    private static ObjectNode source() {
        return JSON.objectNode().put("type", "prometheus").put("uid", "${datasource}");
    }

    /** The dashboard as Grafana reads it. */
    ObjectNode json() {
        var json = JSON.objectNode().put("uid", uid(name)).put("title", title).put("description", description);
        json.putArray("tags").add("sortline");
        json.put("editable", true)
                .put("graphTooltip", 1)
                .put("schemaVersion", 41)
                .put("version", 1)
                .put("timezone", "browser")
                .put("refresh", "5s");
        json.putObject("time").put("from", "now-15m").put("to", "now");
        var annotations = json.putObject("annotations").putArray("list");
        annotations.add(changes("Models", "sortline_model_info", "model", "version", "purple"));
        annotations.add(changes("Plans", "sortline_plan_info", "plan", "edition", "blue"));
        var link = json.putArray("links").addObject().put("type", "dashboards").put("title", "Sortline");
        link.put("icon", "external link")
                .put("tooltip", "")
                .put("url", "")
                .put("asDropdown", false)
                .put("targetBlank", false)
                .put("includeVars", true)
                .put("keepTime", true)
                .putArray("tags")
                .add("sortline");
        json.putObject("templating").putArray("list").add(sourceVariable()).add(lineVariable());
        json.set("panels", panelsOnTheGrid());
        return json;
    }

    private ArrayNode panelsOnTheGrid() {
        var grid = JSON.arrayNode();
        int x = 0;
        int y = 0;
        int height = 0;
        for (Panel panel : panels) {
            if (x + panel.columns() > COLUMNS) {
                x = 0;
                y += height;
                height = 0;
            }
            grid.add(panel.json(grid.size() + 1, x, y));
            x += panel.columns();
            height = Math.max(height, panel.rows());
        }
        return grid;
    }

    private static ObjectNode changes(String name, String metric, String what, String edition, String colour) {
        String asked = "max by (line, %s, %s) (%s{line=~\"$line\"}".formatted(what, edition, metric);
        var changes = JSON.objectNode().put("name", name).put("enable", true).put("iconColor", colour);
        changes.set("datasource", source());
        changes.put("titleFormat", "{{line}}: {{%s}} {{%s}}".formatted(what, edition))
                .put("textFormat", "")
                .put("tagKeys", "line");
        // There for a minute after a change; the first of all is one too.
        changes.putObject("target")
                .put("refId", "Anno")
                .put("expr", "%s) unless %s offset 1m)".formatted(asked, asked))
                .put("interval", "15s");
        return changes;
    }

    private static ObjectNode sourceVariable() {
        var variable = JSON.objectNode()
                .put("name", "datasource")
                .put("label", "Prometheus")
                .put("type", "datasource")
                .put("query", "prometheus");
        variable.put("hide", 0).put("refresh", 1).put("regex", "").putArray("options");
        return variable;
    }

    private static ObjectNode lineVariable() {
        var variable =
                JSON.objectNode().put("name", "line").put("label", "Line").put("type", "query");
        variable.set("datasource", source());
        variable.putObject("query")
                .put("qryType", 1)
                .put("query", "label_values(sortline_frames_total, line)")
                .put("refId", "line");
        variable.put("refresh", 2)
                .put("sort", 1)
                .put("multi", true)
                .put("includeAll", true)
                .put("allValue", ".*");
        var current = variable.putObject("current");
        current.putArray("text").add("All");
        current.putArray("value").add("$__all");
        variable.putArray("options");
        return variable;
    }
}
