// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.sortline.classifier.InferenceSettings;
import dev.sortline.gateway.DriverSettings;
import dev.sortline.gateway.FiringSettings;
import dev.sortline.process.CommandFailure;
import dev.sortline.stream.BeltGeometry;
import dev.sortline.stream.Line;
import dev.sortline.stream.SortingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * The one {@code line.yaml} that describes cluster, model, belts, plans and lines for all commands.
 *
 * @param kafka Kafka client properties, passed through
 * @param model the model package's folder
 * @param inference how the model's network is run; what is absent is measured at start
 * @param http what is served over HTTP; nothing when absent
 * @param lines the lines by id
 * @param gateway when ejectors fire and when not
 * @param drivers what speaks to the lines' controllers, by name; none when absent
 */
public record LineFile(
        Map<String, Object> kafka,
        Path model,
        InferenceSettings inference,
        Optional<Http> http,
        Map<String, Line> lines,
        FiringSettings gateway,
        Map<String, DriverSettings> drivers) {
    private static final ObjectReader YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build()
            .readerFor(Content.class);

    private static final String KAFKA_VARIABLE = "SORTLINE_KAFKA_";
    private static final String MODEL_VARIABLE = "SORTLINE_MODEL";
    private static final String HTTP_PORT_VARIABLE = "SORTLINE_HTTP_PORT";

    /**
     * Health and metrics over HTTP.
     *
     * @param port TCP port, 0 to 65535; 0 takes a free one
     */
    public record Http(@JsonProperty(required = true) int port) {
        public Http {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port is %d: must be from 0 to 65535".formatted(port));
            }
        }
    }

    /** The file as it is written: lines name their belt and plan. */
    private record Content(
            @JsonProperty(required = true) Map<String, Object> kafka,
            @JsonProperty(required = true) Path model,
            @Nullable InferenceSettings inference,
            @Nullable Http http,
            @JsonProperty(required = true) Map<String, BeltGeometry> belts,
            @JsonProperty(required = true) Map<String, SortingPlan> plans,
            @JsonProperty(required = true) Map<String, LineEntry> lines,
            @Nullable FiringSettings gateway,
            @Nullable Map<String, DriverSettings> drivers) {}

    private record LineEntry(@JsonProperty(required = true) String belt, @JsonProperty(required = true) String plan) {}

    /**
     * Reads a line file. A relative model path starts at the file's folder. Environment variables override single values:
     * {@code SORTLINE_MODEL}, {@code SORTLINE_HTTP_PORT}, and {@code SORTLINE_KAFKA_BOOTSTRAP_SERVERS} and its like for
     * client properties, where an underscore stands for a dot.
     *
     * @throws CommandFailure naming file, line, column and key of what is wrong
     */
    public static LineFile load(Path file) {
        return load(file, System.getenv());
    }

    static LineFile load(Path file, Map<String, String> environment) {
        String text = text(file);
        YamlPlaces places = places(file, text);
        Content content = read(file, text, places);
        Map<String, Line> lines = new LinkedHashMap<>();
        content.lines().forEach((id, entry) -> lines.put(id, line(file, places, content, id, entry)));
        String model = environment.get(MODEL_VARIABLE);
        return new LineFile(
                kafka(content, environment),
                model == null
                        ? file.toAbsolutePath().resolveSibling(content.model()).normalize()
                        : Path.of(model),
                content.inference() == null ? InferenceSettings.MEASURED : content.inference(),
                http(content, environment),
                lines,
                content.gateway() == null ? FiringSettings.DEFAULT : content.gateway(),
                drivers(file, places, content));
    }

    private static Map<String, DriverSettings> drivers(Path file, YamlPlaces places, Content content) {
        Map<String, DriverSettings> drivers = content.drivers() == null ? Map.of() : content.drivers();
        drivers.forEach((name, driver) -> {
            for (String line : driver.lines(content.lines().keySet())) {
                if (!content.lines().containsKey(line)) {
                    throw mistake(
                            file,
                            places,
                            List.of("drivers", name, "lines", line),
                            "'%s' is not under lines: there are %s"
                                    .formatted(
                                            line, new TreeSet<>(content.lines().keySet())));
                }
            }
        });
        Path folder = file.toAbsolutePath().resolveSibling("");
        Map<String, DriverSettings> placed = new LinkedHashMap<>();
        drivers.forEach((name, driver) -> placed.put(name, driver.startingAt(folder)));
        return placed;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw CommandFailure.ofConfiguration("no line file at %s: say where it is with --config".formatted(file));
        } catch (IOException e) {
            throw CommandFailure.ofConfiguration("cannot read %s: %s".formatted(file, e));
        }
    }

    private static YamlPlaces places(Path file, String text) {
        try {
            return new YamlPlaces(text);
        } catch (MarkedYAMLException e) {
            var mark = e.getProblemMark();
            throw CommandFailure.ofConfiguration(
                    "%s:%d:%d: %s".formatted(file, mark.getLine() + 1, mark.getColumn() + 1, e.getProblem()));
        }
    }

    private static Content read(Path file, String text, YamlPlaces places) {
        try {
            return YAML.readValue(text);
        } catch (JsonMappingException e) {
            throw mistake(file, places, e);
        } catch (JsonProcessingException e) {
            var place = e.getLocation();
            throw CommandFailure.ofConfiguration("%s:%d:%d: %s"
                    .formatted(file, place.getLineNr(), place.getColumnNr(), firstLine(e.getOriginalMessage())));
        }
    }

    private static Line line(Path file, YamlPlaces places, Content content, String id, LineEntry entry) {
        try {
            return new Line(
                    id,
                    named(content.belts(), "belts", entry.belt()),
                    entry.plan(),
                    named(content.plans(), "plans", entry.plan()));
        } catch (IllegalArgumentException e) {
            throw mistake(file, places, List.of("lines", id), String.valueOf(e.getMessage()));
        }
    }

    private static <T> T named(Map<String, T> things, String where, String name) {
        T thing = things.get(name);
        if (thing == null) {
            throw new IllegalArgumentException(
                    "'%s' is not under %s: there are %s".formatted(name, where, new TreeSet<>(things.keySet())));
        }
        return thing;
    }

    private static Map<String, Object> kafka(Content content, Map<String, String> environment) {
        Map<String, Object> kafka = new LinkedHashMap<>(content.kafka());
        environment.forEach((variable, value) -> {
            if (variable.startsWith(KAFKA_VARIABLE)) {
                String key = variable.substring(KAFKA_VARIABLE.length());
                kafka.put(key.toLowerCase(Locale.ROOT).replace('_', '.'), value);
            }
        });
        return kafka;
    }

    private static Optional<Http> http(Content content, Map<String, String> environment) {
        String port = environment.get(HTTP_PORT_VARIABLE);
        if (port == null) {
            return Optional.ofNullable(content.http());
        }
        try {
            return Optional.of(new Http(Integer.parseInt(port)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(
                    "%s is '%s': must be a port from 0 to 65535".formatted(HTTP_PORT_VARIABLE, port));
        }
    }

    private static CommandFailure mistake(Path file, YamlPlaces places, JsonMappingException e) {
        var path = e.getPath().stream()
                .map(part -> part.getFieldName() == null ? String.valueOf(part.getIndex()) : part.getFieldName())
                .collect(Collectors.toCollection(ArrayList::new));
        if (e instanceof UnrecognizedPropertyException unknown) {
            var known = new TreeSet<>(
                    unknown.getKnownPropertyIds().stream().map(String::valueOf).toList());
            return mistake(file, places, path, "unknown key, known are " + known);
        }
        if (e.getCause() instanceof IllegalArgumentException refused) {
            String problem = String.valueOf(refused.getMessage());
            // Our own records begin with the component that they refuse.
            path.add(problem.substring(0, Math.max(0, problem.indexOf(' '))));
            return mistake(file, places, path, problem);
        }
        if (e.getCause() instanceof NullPointerException) {
            return mistake(file, places, path, "a value is missing");
        }
        if (e instanceof InvalidTypeIdException unknown) {
            return mistake(file, places, path, unknownType(unknown));
        }
        boolean missing = e.getOriginalMessage().startsWith("Missing required creator property");
        return mistake(file, places, path, missing ? "is missing" : firstLine(e.getOriginalMessage()));
    }

    private static CommandFailure mistake(Path file, YamlPlaces places, List<String> path, String problem) {
        return CommandFailure.ofConfiguration("%s:%s: %s: %s"
                .formatted(file, places.of(path), path.isEmpty() ? "the file" : String.join(".", path), problem));
    }

    private static String unknownType(InvalidTypeIdException unknown) {
        String known = unknown.getOriginalMessage().replaceFirst("(?s).*known type ids = (\\[[^]]*]).*", "$1");
        return unknown.getTypeId() == null
                ? "type is missing: must be one of the known types"
                : "type is '%s': must be one of %s".formatted(unknown.getTypeId(), known);
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
