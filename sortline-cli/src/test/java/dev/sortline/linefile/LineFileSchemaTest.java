// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion.VersionFlag;
import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** An editor that goes by the schema takes and refuses what the program does. */
class LineFileSchemaTest {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
    private static final Pattern YAML_BLOCK = Pattern.compile("(?ms)^```yaml\n(.*?)^```");
    private static final BigDecimal A_LITTLE = new BigDecimal("0.001");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** The schema that is shipped. */
    private static final JsonNode TREE = yaml(() -> Files.readString(ROOT.resolve("samples/line.schema.json")));

    private static final JsonSchema SCHEMA =
            JsonSchemaFactory.getInstance(VersionFlag.V7).getSchema(TREE);
    private static final JsonNode EVERY_SETTING = yaml(LineFileSchema::everySetting);

    /** What a setting must be for the sake of other settings, or what a library says of it. */
    private static final Pattern ONLY_THE_PROGRAM_KNOWS = Pattern.compile(String.join(
            "|",
            // The environment may say where the cluster is.
            "kafka: \\{}",
            // A line is on a belt that is there, a driver on lines that are.
            "belts: (without (nine-metres|table)|\\{})",
            "lines: (without (line-1|line-2|try)|\\{})",
            "lines (line-1|line-2|try) belt: ''",
            "console trialLine: ''",
            // A password is somebody's, and a connection is secured by certificates or said not to be.
            "drivers (broker|plc-3): without username",
            "drivers (broker|plc-3) username: null",
            "drivers plc-3: without (certificates|passwordFile)",
            "drivers plc-3 (certificates|passwordFile): (null|'')",
            "drivers plc-4: without security",
            "drivers plc-4 security: null",
            // As for drivers; a size has two sides, and somebody must trigger.
            "cameras line-1 camera-1 source: without (user|passwordFile)",
            "cameras line-1 camera-1 source (user: null|passwordFile: (null|''))",
            "cameras line-2 camera-2 source: without user",
            "cameras line-2 camera-2 source user: null",
            "cameras line-2 camera-3 source(: without (width|height)| (width|height): null)",
            "cameras line-2 camera-6 trigger source(: without username| username: null)",
            "cameras line-2 camera-(7|10) trigger source(: without trigger(Coil|Register)| trigger(Coil|Register): null)",
            "cameras line-2 camera-6 trigger source (topic|ackTopic): ''",
            "cameras line-2 camera-9 trigger source (trigger|item|encoder|taken|missed): ''",
            // What a node id is.
            "drivers plc-\\d lines line-1( ejectors)? [^ ]+: ''"));

    @TempDir
    private Path folder;

    /**
     * A change of one value in a file.
     *
     * @param value what there is then; absent for nothing, without the key
     */
    record Change(List<String> path, @Nullable JsonNode value) {
        ObjectNode of(ObjectNode file) {
            ObjectNode changed = file.deepCopy();
            JsonNode parent = changed;
            for (String key : path.subList(0, path.size() - 1)) {
                parent = parent.get(key);
            }
            String last = path.get(path.size() - 1);
            if (value == null) {
                ((ObjectNode) parent).remove(last);
            } else {
                ((ObjectNode) parent).set(last, value);
            }
            return changed;
        }

        @Override
        public String toString() {
            int last = path.size() - 1;
            return value == null
                    ? String.join(" ", path.subList(0, last)) + ": without " + path.get(last)
                    : String.join(" ", path) + ": " + value.toString().replace('"', '\'');
        }
    }

    @Test
    void fileWithEverySettingIsTaken() throws IOException {
        // Given
        ObjectNode file = everySetting();

        // When
        Collection<?> mistakes = mistakes(file);

        // Then
        assertThat(mistakes).isEmpty();
        assertThat(isTaken(file)).isTrue();
        assertThat(settingsThatLack(file)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("changes")
    void schemaAndProgramAgreeOnEachChange(Change change) throws IOException {
        // Given
        ObjectNode file = change.of(everySetting());

        // When
        boolean passes = mistakes(file).isEmpty();

        // Then
        if (ONLY_THE_PROGRAM_KNOWS.matcher(change.toString()).matches()) {
            assertThat(isTaken(file)).as(change.toString()).isFalse();
            assertThat(passes).isTrue();
        } else {
            assertThat(isTaken(file)).as(change.toString()).isEqualTo(passes);
        }
    }

    static Stream<Change> changes() {
        List<Change> changes = new ArrayList<>();
        everySetting().properties().forEach(part -> changes(List.of(part.getKey()), part.getValue(), changes));
        changes.add(new Change(List.of("unknown"), NODES.numberNode(1)));
        return changes.stream();
    }

    private static void changes(List<String> path, JsonNode value, List<Change> changes) {
        changes.add(new Change(path, null));
        changes.add(new Change(path, NullNode.instance));
        changes.add(new Change(path, NODES.objectNode()));
        if (value.isNumber() || value.isBoolean()) {
            changes.add(new Change(path, TextNode.valueOf("fast")));
        } else if (value.isTextual()) {
            changes.add(new Change(path, TextNode.valueOf("")));
        } else {
            changes.add(new Change(path, NODES.numberNode(1)));
            // Kafka's properties are Kafka's.
            if (value.isObject() && !path.equals(List.of("kafka"))) {
                changes.add(new Change(below(path, "unknown"), NODES.numberNode(1)));
                value.properties().forEach(each -> changes(below(path, each.getKey()), each.getValue(), changes));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("insideTheirBounds")
    void takesWhatIsInItsBounds(Change change) throws IOException {
        // Given
        ObjectNode file = change.of(roomy());

        // When
        Collection<?> mistakes = mistakes(file);

        // Then
        assertThat(mistakes).isEmpty();
        assertThat(isTaken(file)).isTrue();
    }

    @ParameterizedTest
    @MethodSource("outsideTheirBounds")
    void refusesWhatIsOutOfItsBounds(Change change) throws IOException {
        // Given
        ObjectNode file = change.of(roomy());

        // When
        Collection<?> mistakes = mistakes(file);

        // Then
        assertThat(mistakes).isNotEmpty();
        assertThat(isTaken(file)).isFalse();
    }

    static Stream<Change> insideTheirBounds() {
        return edges(true);
    }

    static Stream<Change> outsideTheirBounds() {
        return edges(false);
    }

    private static Stream<Change> edges(boolean inside) {
        List<Change> edges = new ArrayList<>();
        edges(List.of(), roomy(), roomy(), inside, edges);
        return edges.stream();
    }

    private static void edges(List<String> path, JsonNode here, JsonNode file, boolean inside, List<Change> edges) {
        if (here.isObject()) {
            for (var each : here.properties()) {
                edges(below(path, each.getKey()), each.getValue(), file, inside, edges);
            }
            return;
        }
        JsonNode setting = setting(path, file);
        BigDecimal step = setting.path("type").toString().contains("integer") ? BigDecimal.ONE : A_LITTLE;
        if (setting.has("minimum")) {
            BigDecimal least = setting.get("minimum").decimalValue();
            edges.add(new Change(path, DecimalNode.valueOf(inside ? least : least.subtract(step))));
        }
        if (setting.has("exclusiveMinimum")) {
            BigDecimal below = setting.get("exclusiveMinimum").decimalValue();
            edges.add(new Change(path, DecimalNode.valueOf(inside ? below.add(step) : below)));
        }
        if (setting.has("maximum")) {
            BigDecimal most = setting.get("maximum").decimalValue();
            edges.add(new Change(path, DecimalNode.valueOf(inside ? most : most.add(step))));
        }
        if (inside && setting.has("default")) {
            edges.add(new Change(path, setting.get("default")));
        }
        if (setting.has("enum") && !inside) {
            edges.add(new Change(path, TextNode.valueOf("other")));
        }
        if (inside && !path.get(path.size() - 1).equals("type")) {
            setting.path("enum").forEach(word -> edges.add(new Change(path, word)));
        }
        if (setting.has("pattern") && !inside) {
            edges.add(new Change(path, TextNode.valueOf("ö")));
        }
    }

    @Test
    void oneFrameIsNoRowOfFrames() throws IOException {
        // Given
        var one = new Change(List.of("cameraWatch", "frozenAfterFrames"), NODES.numberNode(1)).of(everySetting());

        // When
        boolean taken = isTaken(one);

        // Then
        assertThat(taken).isFalse();
    }

    @Test
    void sampleIsTaken() throws IOException {
        // Given
        String sample = Files.readString(ROOT.resolve("samples/line.yaml"));

        // When
        Collection<?> mistakes = mistakes((ObjectNode) YamlFile.YAML.readTree(sample));

        // Then
        assertThat(mistakes).isEmpty();
        assertThat(sample).startsWith("# yaml-language-server: $schema=line.schema.json\n");
    }

    @Test
    void piecesOfLineFilesInTheDocumentsAreTaken() throws IOException {
        // Given
        List<ObjectNode> pieces = new ArrayList<>();
        try (Stream<Path> documents = Files.list(ROOT.resolve("docs"))) {
            for (Path document :
                    documents.filter(file -> file.toString().endsWith(".md")).toList()) {
                pieces(Files.readString(document)).forEach(pieces::add);
            }
        }
        ObjectNode whole = everySetting();

        // When
        Stream<ObjectNode> files = pieces.stream().map(piece -> whole.deepCopy().<ObjectNode>setAll(piece));

        // Then
        assertThat(pieces).hasSizeGreaterThan(10);
        assertThat(files).allSatisfy(file -> assertThat(mistakes(file)).isEmpty());
    }

    /** The blocks that have only keys of a line file. */
    private static List<ObjectNode> pieces(String document) throws IOException {
        JsonNode keys = TREE.get("properties");
        List<ObjectNode> pieces = new ArrayList<>();
        var block = YAML_BLOCK.matcher(document);
        while (block.find()) {
            JsonNode piece = YamlFile.YAML.readTree(block.group(1));
            if (piece.properties().stream().allMatch(part -> keys.has(part.getKey()))) {
                pieces.add((ObjectNode) piece);
            }
        }
        return pieces;
    }

    private static ObjectNode everySetting() {
        return EVERY_SETTING.deepCopy();
    }

    /** The same, with values that leave room for what others may be at their bounds. */
    private static ObjectNode roomy() {
        ObjectNode file = everySetting();
        ((ObjectNode) file.get("gateway")).put("pulseMillis", 1).put("recoveryMillis", 60_000);
        ObjectNode belt = ((ObjectNode) file.at("/belts/nine-metres")).put("transportMarginMillis", 0);
        ObjectNode withoutEjectors = belt.deepCopy();
        withoutEjectors.putObject("ejectors");
        ((ObjectNode) file.get("belts")).set("without-ejectors", withoutEjectors);
        belt.remove("cameras");
        ((ObjectNode) belt.at("/ejectors/glass")).put("distanceMetres", 1e7).put("actuatorDelayMillis", 0);
        for (String region : List.of(
                "belts/without-ejectors/cameras/camera-1/region",
                "cameras/line-1/camera-1/trigger/region",
                "cameras/line-1/camera-1/picture/crop",
                "cameras/line-2/camera-2/trigger/region")) {
            ((ObjectNode) file.at("/" + region))
                    .put("left", 0)
                    .put("top", 0)
                    .put("width", 0.1)
                    .put("height", 0.1);
        }
        for (String driver : List.of("plc-1", "plc-2")) {
            ((ObjectNode) file.at("/drivers/" + driver + "/lines/line-1")).put("ejectors", 1);
        }
        return file;
    }

    private static List<String> below(List<String> path, String key) {
        return Stream.concat(path.stream(), Stream.of(key)).toList();
    }

    /** What the schema says of a place in a file. */
    private static JsonNode setting(List<String> path, JsonNode file) {
        JsonNode schema = TREE;
        JsonNode setting = schema;
        JsonNode here = file;
        for (String key : path) {
            JsonNode part = meant(setting, here, schema);
            setting = part.path("properties").has(key)
                    ? part.get("properties").get(key)
                    : part.path("additionalProperties");
            here = here.path(key);
        }
        return meant(setting, here, schema);
    }

    private static JsonNode meant(JsonNode setting, JsonNode here, JsonNode schema) {
        if (setting.has("$ref")) {
            return meant(schema.at(setting.get("$ref").asText().substring(1)), here, schema);
        }
        if (setting.has("anyOf")) {
            return meant(setting.get("anyOf").get(1), here, schema);
        }
        if (setting.path("allOf").path(0).has("properties")
                || setting.path("allOf").path(0).has("anyOf")) {
            return meant(setting.get("allOf").get(0), here, schema);
        }
        for (JsonNode one : setting.path("allOf")) {
            if (one.has("if") && one.at("/if/properties/type/const").equals(here.path("type"))) {
                return meant(one.get("then"), here, schema);
            }
        }
        return setting;
    }

    /** Settings that no part of the file has. */
    private static Set<String> settingsThatLack(ObjectNode file) {
        JsonNode schema = TREE;
        IdentityHashMap<JsonNode, Set<String>> seen = new IdentityHashMap<>();
        see(schema, file, schema, seen);
        Set<String> lacking = new TreeSet<>();
        seen.forEach((part, keys) -> part.path("properties").properties().forEach(setting -> {
            if (!keys.contains(setting.getKey())) {
                lacking.add(setting.getKey());
            }
        }));
        return lacking;
    }

    private static void see(
            JsonNode setting, JsonNode here, JsonNode schema, IdentityHashMap<JsonNode, Set<String>> seen) {
        JsonNode part = meant(setting, here, schema);
        for (var each : here.properties()) {
            seen.computeIfAbsent(part, unused -> new TreeSet<>()).add(each.getKey());
            JsonNode inner = part.path("properties").path(each.getKey());
            see(inner.isMissingNode() ? part.path("additionalProperties") : inner, each.getValue(), schema, seen);
        }
    }

    private static Collection<?> mistakes(ObjectNode file) {
        return SCHEMA.validate(file);
    }

    private static JsonNode yaml(Callable<String> text) {
        try {
            return YamlFile.YAML.readTree(text.call());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean isTaken(ObjectNode file) throws IOException {
        Path written = Files.writeString(folder.resolve("line.yaml"), YamlFile.YAML.writeValueAsString(file));
        try {
            LineFile.load(written, Map.of());
            return true;
        } catch (CommandFailure e) {

            return false;
        }
    }
}
