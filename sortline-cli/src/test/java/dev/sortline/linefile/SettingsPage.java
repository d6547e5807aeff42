// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** The reference of a file, made of its schema: a section for each part of the file, a row for each setting. */
final class SettingsPage {
    /** A setting's name ends with its unit. The first that fits counts. */
    private static final Map<String, String> UNITS = units();

    private static final Pattern PARTS = Pattern.compile("(?m)^(?=\\S)");
    private static final Pattern ENTRIES = Pattern.compile("(?m)^(?=  \\S)");
    private static final Pattern PAGE = Pattern.compile("\\b([a-z-]+)\\.md\\b");

    private final JsonNode schema;
    private final String example;
    private final StringBuilder page = new StringBuilder();

    /**
     * @param schema the file's schema
     * @param example a file that has each setting: each section shows its piece of it
     */
    SettingsPage(JsonNode schema, String example) {
        this.schema = schema;
        this.example = example;
    }

    private static Map<String, String> units() {
        Map<String, String> units = new LinkedHashMap<>();
        units.put("Millis", "ms");
        units.put("Millimetres", "mm");
        units.put("MetresPerSecond", "m/s");
        units.put("PerMetre", "1/m");
        units.put("Metres", "m");
        return units;
    }

    /** All sections, in the order of the file. */
    String text() {
        table(schema, "", "");
        parts(schema, "", "", "##");
        return page.toString();
    }

    /** The sections of what is below a part of the file. */
    private void parts(JsonNode part, String path, String type, String level) {
        part.path("properties").properties().forEach(setting -> {
            String below = below(path, setting);
            JsonNode inner = inner(setting.getValue());
            if (inner.has("properties")) {
                part(inner, below, type, level);
            }
        });
    }

    private void part(JsonNode part, String path, String type, String level) {
        page.append("\n%s %s\n\n".formatted(level, heading(path, type)));
        if (part.has("description") && !part.path("additionalProperties").isObject()) {
            page.append(linked(sentence(part.get("description").asText()))).append("\n\n");
        }
        table(part, path, type);
        JsonNode types = part.path("allOf");
        if (types.isEmpty()) {
            example(path, type);
        }
        types.forEach(one -> part(
                definition(one.path("then")),
                path,
                one.at("/if/properties/type/const").asText(),
                level + "#"));
        parts(part, path, type, level + "#");
    }

    private void table(JsonNode part, String path, String type) {
        page.append("| setting | type | default | unit | bounds | what |\n|---|---|---|---|---|---|\n");
        part.path("properties").properties().forEach(setting -> {
            String name = setting.getKey();
            JsonNode said = setting.getValue();
            JsonNode meant = definition(said);
            page.append(new StringJoiner(" | ", "| ", " |\n")
                    .add("`" + name + "`")
                    .add(
                            inner(said).has("properties")
                                    ? "[%s](#%s)".formatted(type(meant), anchor(heading(below(path, setting), type)))
                                    : type(meant))
                    .add(byDefault(part, name))
                    .add(unit(name))
                    .add(bounds(meant))
                    .add(linked(described(said))));
        });
    }

    /** Where its type has a description as well, a setting's own is the last. */
    private static String described(JsonNode setting) {
        JsonNode both = setting.path("allOf");
        JsonNode own = isOfDescribedType(setting) ? both.get(both.size() - 1) : setting;
        return own.path("description").asText("");
    }

    private static boolean isOfDescribedType(JsonNode setting) {
        return setting.path("allOf").path(0).has("properties")
                || setting.path("allOf").path(0).has("anyOf")
                || setting.path("allOf").path(0).has("$ref");
    }

    private static String byDefault(JsonNode part, String name) {
        for (JsonNode required : part.path("required")) {
            if (required.asText().equals(name)) {
                return "required";
            }
        }
        JsonNode value = part.path("properties").path(name).path("default");
        return value.isMissingNode() ? "" : "`" + value.asText() + "`";
    }

    private static String heading(String path, String type) {
        return "`" + path + "`" + (type.isEmpty() ? "" : ", type `" + type + "`");
    }

    /** As GitHub makes them. */
    private static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9 -]", "").replace(' ', '-');
    }

    private static String linked(String text) {
        return PAGE.matcher(text).replaceAll("[$1]($1.md)");
    }

    /** The path of a part: {@code *} stands for a name that the user gives. */
    private String below(String path, Map.Entry<String, JsonNode> setting) {
        String below = path.isEmpty() ? setting.getKey() : path + "." + setting.getKey();
        JsonNode meant = definition(setting.getValue());
        var levels = new StringBuilder(below);
        while (meant.path("additionalProperties").isObject()) {
            levels.append(".*");
            meant = definition(meant.get("additionalProperties"));
        }
        return levels.toString();
    }

    /** What a setting holds, or each of those that it holds by name. */
    private JsonNode inner(JsonNode setting) {
        JsonNode meant = definition(setting);
        while (meant.path("additionalProperties").isObject()) {
            meant = definition(meant.get("additionalProperties"));
        }
        return meant;
    }

    private void example(String path, String type) {
        String key = path.replace(".*", "") + ":";
        PARTS.splitAsStream(example).filter(part -> part.startsWith(key)).forEach(part -> {
            String piece = ENTRIES.splitAsStream(part)
                    .filter(entry -> entry.contains("type: " + type + "\n"))
                    .findFirst()
                    .map(entry -> key + "\n" + entry)
                    .orElse(part);
            page.append("\n```yaml\n").append(piece).append("```\n");
        });
    }

    private static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1) + (text.endsWith(".") ? "" : ".");
    }

    private static String unit(String name) {
        return UNITS.entrySet().stream()
                .filter(unit -> name.endsWith(unit.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }

    private static String type(JsonNode setting) {
        if (setting.has("enum") || setting.has("const")) {
            return "word";
        }
        JsonNode type = setting.path("type");
        return switch (type.isArray() ? type.get(0).asText() : type.asText()) {
            case "integer" -> "whole number";
            case "number" -> "number";
            case "boolean" -> "`true` or `false`";
            case "object" -> "section";
            default -> setting.path("additionalProperties").isObject() ? "section" : "text";
        };
    }

    private static String bounds(JsonNode setting) {
        List<String> bounds = new ArrayList<>();
        if (setting.has("minimum") && setting.has("maximum")) {
            bounds.add(number(setting.get("minimum")) + " to " + number(setting.get("maximum")));
        } else {
            bound(bounds, "above ", setting.path("exclusiveMinimum"));
            bound(bounds, "at least ", setting.path("minimum"));
            bound(bounds, "at most ", setting.path("maximum"));
        }
        if (setting.has("minProperties")) {
            bounds.add("at least one");
        }
        if (setting.has("minLength")) {
            bounds.add("not empty");
        }
        if (setting.has("pattern")) {
            bounds.add("`" + setting.get("pattern").asText() + "`");
        }
        if (setting.has("const")) {
            bounds.add("`" + setting.get("const").asText() + "`");
        }
        bounds.addAll(StreamSupport.stream(setting.path("enum").spliterator(), false)
                .filter(word -> !word.isNull())
                .map(word -> "`" + word.asText() + "`")
                .toList());
        return bounds.stream().collect(Collectors.joining(", "));
    }

    private static void bound(List<String> bounds, String words, JsonNode bound) {
        if (!bound.isMissingNode()) {
            bounds.add(words + number(bound));
        }
    }

    private static String number(JsonNode number) {
        var format = new DecimalFormat("#,##0.######", DecimalFormatSymbols.getInstance(Locale.ROOT));
        return format.format(new BigDecimal(number.asText())).replace(',', ' ');
    }

    /** What a reference refers to, for one that may be null, too. */
    private JsonNode definition(JsonNode node) {
        JsonNode type = isOfDescribedType(node) ? node.get("allOf").get(0) : node;
        JsonNode other = type.has("anyOf") ? type.get("anyOf").get(1) : type;
        String reference = other.path("$ref").asText("");
        return reference.isEmpty() ? other : schema.at(reference.substring(1));
    }
}
