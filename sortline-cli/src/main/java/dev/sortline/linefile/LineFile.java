// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.contract.ClientProperties;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.process.CommandFailure;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.sorting.BeltGeometry;
import dev.sortline.stream.sorting.Line;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The one {@code line.yaml} that describes cluster, model, belts and lines for all commands, and names the lines' plans.
 *
 * @param kafka Kafka client properties, passed through
 * @param model the model package's folder
 * @param inference how the model's network is run; what is absent is measured at start
 * @param http what is served over HTTP; nothing when absent
 * @param lines the lines by id
 * @param cameraWatch from when on a camera is no longer believed, or told of
 * @param gateway when ejectors fire and when not
 * @param drivers what speaks to the lines' controllers, by name; none when absent
 */
public record LineFile(
        Map<String, Object> kafka,
        Path model,
        InferenceSettings inference,
        Optional<Http> http,
        Map<String, Entry> lines,
        CameraWatchSettings cameraWatch,
        FiringSettings gateway,
        Map<String, DriverSettings> drivers) {
    private static final String KAFKA_VARIABLE = "SORTLINE_KAFKA_";
    private static final String MODEL_VARIABLE = "SORTLINE_MODEL";
    private static final String HTTP_PORT_VARIABLE = "SORTLINE_HTTP_PORT";

    /** Kubernetes tells each container of the services beside it: those of one that is called sortline-kafka look like ours. */
    private static final Pattern SERVICE_LINK = Pattern.compile(
            KAFKA_VARIABLE + "(SERVICE_HOST|SERVICE_PORT(_.*)?|PORT(_[0-9]+_(TCP|UDP|SCTP)(_(PROTO|PORT|ADDR))?)?)");

    /** What it puts into SORTLINE_HTTP_PORT for a service that is called sortline-http. */
    private static final Pattern SERVICE_ADDRESS = Pattern.compile("(tcp|udp|sctp)://.*");

    /** Health and metrics over HTTP. */
    public record Http(
            @JsonPropertyDescription("TCP port; 0 takes a free one")
                    @JsonProperty(required = true)
                    @Min(0) @Max(MOST_PORT) int port) {
        private static final int MOST_PORT = 65_535;

        public Http {
            if (port < 0 || port > MOST_PORT) {
                throw new IllegalArgumentException("port is %d: must be from 0 to %d".formatted(port, MOST_PORT));
            }
        }
    }

    /** The file as it is written: lines name their belt. */
    @JsonClassDescription(
            "The one file that describes cluster, model, belts and lines for all commands, and names the lines' plans."
                    + " Relative paths start at its folder.")
    record Content(
            @JsonPropertyDescription(
                            "Kafka client properties, for every client; with consumer., producer. or admin. before a name for that"
                                    + " kind only")
                    @JsonProperty(required = true)
                    Map<String, Object> kafka,
            @JsonPropertyDescription("the model package's folder") @JsonProperty(required = true) Path model,
            @JsonPropertyDescription("how the model's network is run") @Nullable InferenceSettings inference,
            @JsonPropertyDescription("where health and metrics are served; nowhere when absent") @Nullable Http http,
            @JsonPropertyDescription("the belts, by a name that lines refer to") @JsonProperty(required = true)
                    Map<String, BeltGeometry> belts,
            @JsonPropertyDescription("the lines by their id") @JsonProperty(required = true)
                    Map<String, WrittenLine> lines,
            @JsonPropertyDescription("from when on a camera is no longer believed, or told of: cameras.md") @Nullable CameraWatchSettings cameraWatch,
            @JsonPropertyDescription("when ejectors fire and when not: plc.md") @Nullable FiringSettings gateway,
            @JsonPropertyDescription(
                            "what speaks to the lines' controllers, by a name that logs and metrics have; nothing when absent: plc.md")
                    @Nullable Map<String, DriverSettings> drivers) {
        /** Without the values of client properties: some are passwords. */
        @Override
        public String toString() {
            return "Content[kafka=" + ClientProperties.keys(kafka) + "]";
        }
    }

    /** A line as it is written. */
    @JsonClassDescription("A sorting line.")
    record WrittenLine(
            @JsonPropertyDescription("its belt's name") @JsonProperty(required = true) String belt,
            @JsonPropertyDescription("the file of its sorting plan, which may be changed while the line runs: plans.md")
                    @JsonProperty(required = true)
                    Path plan,
            @JsonPropertyDescription(
                            "how many frames show an item, of all its cameras together; from 2 on they vote: belts.md")
                    @JsonProperty(defaultValue = "" + FRAMES_PER_ITEM)
                    @Min(1) @Max(Line.MOST_FRAMES) @Nullable Integer framesPerItem) {
        private static final int FRAMES_PER_ITEM = 1;

        int framesPerItemOrDefault() {
            return framesPerItem == null ? FRAMES_PER_ITEM : framesPerItem;
        }
    }

    /**
     * A line as the file describes it: what its plan says is in a file of its own, which not every command has.
     *
     * @param belt its belt
     * @param plan the file of its sorting plan
     * @param framesPerItem how many frames show an item, as {@link Line#framesPerItem}
     * @param place where in the line file the plan is named, {@code file:line:column}
     */
    public record Entry(BeltGeometry belt, Path plan, int framesPerItem, String place) {}

    /**
     * Reads a line file. Relative paths of the model and of plans start at the file's folder. Environment variables override single values:
     * {@code SORTLINE_MODEL}, {@code SORTLINE_HTTP_PORT}, and {@code SORTLINE_KAFKA_BOOTSTRAP_SERVERS} and its like for
     * client properties, where an underscore stands for a dot. What Kubernetes sets for services with such names is passed over.
     *
     * @throws CommandFailure naming file, line, column and key of what is wrong
     */
    public static LineFile load(Path file) {
        return load(file, System.getenv());
    }

    public static LineFile load(Path file, Map<String, String> environment) {
        var yaml = new YamlFile(file, text(file));
        Content content = yaml.as(Content.class);
        Map<String, Entry> lines = new LinkedHashMap<>();
        content.lines().forEach((id, line) -> lines.put(id, entry(file, yaml, content, id, line)));
        String model = environment.get(MODEL_VARIABLE);
        return new LineFile(
                kafka(yaml, content, environment),
                model == null ? beside(file, content.model()) : Path.of(model),
                content.inference() == null ? InferenceSettings.MEASURED : content.inference(),
                http(content, environment),
                lines,
                content.cameraWatch() == null ? CameraWatchSettings.DEFAULT : content.cameraWatch(),
                content.gateway() == null ? FiringSettings.DEFAULT : content.gateway(),
                drivers(file, yaml, content));
    }

    private static Map<String, DriverSettings> drivers(Path file, YamlFile yaml, Content content) {
        Map<String, DriverSettings> drivers = content.drivers() == null ? Map.of() : content.drivers();
        drivers.forEach((name, driver) -> {
            for (String line : driver.lines(content.lines().keySet())) {
                if (!content.lines().containsKey(line)) {
                    throw yaml.mistake(
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
        } catch (CharacterCodingException e) {
            throw CommandFailure.ofConfiguration("%s is not UTF-8 text: save it as UTF-8".formatted(file));
        } catch (IOException e) {
            throw CommandFailure.ofConfiguration("cannot read %s: %s".formatted(file, e));
        }
    }

    private static Entry entry(Path file, YamlFile yaml, Content content, String id, WrittenLine line) {
        BeltGeometry belt = content.belts().get(line.belt());
        if (belt == null) {
            throw yaml.mistake(
                    List.of("lines", id, "belt"),
                    "'%s' is not under belts: there are %s"
                            .formatted(
                                    line.belt(), new TreeSet<>(content.belts().keySet())));
        }
        return new Entry(
                belt,
                beside(file, line.plan()),
                framesPerItem(yaml, id, line),
                yaml.place(List.of("lines", id, "plan")));
    }

    private static int framesPerItem(YamlFile yaml, String id, WrittenLine line) {
        int framesPerItem = line.framesPerItemOrDefault();
        try {
            Line.checkFramesPerItem(framesPerItem);
        } catch (IllegalArgumentException e) {
            throw yaml.mistake(List.of("lines", id, "framesPerItem"), String.valueOf(e.getMessage()));
        }
        return framesPerItem;
    }

    private static Path beside(Path file, Path other) {
        return file.toAbsolutePath().resolveSibling(other).normalize();
    }

    private static Map<String, Object> kafka(YamlFile yaml, Content content, Map<String, String> environment) {
        Map<String, Object> kafka = new LinkedHashMap<>(content.kafka());
        Map<String, String> variables = new HashMap<>();
        environment.forEach((variable, value) -> {
            if (variable.startsWith(KAFKA_VARIABLE)
                    && !SERVICE_LINK.matcher(variable).matches()) {
                String key = variable.substring(KAFKA_VARIABLE.length())
                        .toLowerCase(Locale.ROOT)
                        .replace('_', '.');
                kafka.put(key, value);
                variables.put(key, variable);
            }
        });
        kafka.forEach((key, value) -> KafkaKeys.problem(key, value, kafka).ifPresent(problem -> {
            String variable = variables.get(key);
            throw variable == null
                    ? yaml.mistake(List.of("kafka", key), problem)
                    : CommandFailure.ofConfiguration(variable + ": " + key + ": " + problem);
        }));
        if (!kafka.containsKey("bootstrap.servers")) {
            throw yaml.mistake(
                    List.of("kafka"), "bootstrap.servers is missing: say where the cluster is, as host:port");
        }
        return kafka;
    }

    private static Optional<Http> http(Content content, Map<String, String> environment) {
        String port = environment.get(HTTP_PORT_VARIABLE);
        if (port == null || SERVICE_ADDRESS.matcher(port).matches()) {
            return Optional.ofNullable(content.http());
        }
        try {
            return Optional.of(new Http(Integer.parseInt(port)));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.ofConfiguration(
                    HTTP_PORT_VARIABLE + " is '" + port + "': must be a port from 0 to 65535");
        }
    }

    /** Without the values of client properties: some are passwords. */
    @Override
    public String toString() {
        return "LineFile[kafka=" + ClientProperties.keys(kafka) + ", model=" + model + ", inference=" + inference
                + ", http=" + http + ", lines=" + lines + ", cameraWatch=" + cameraWatch + ", gateway=" + gateway
                + ", drivers=" + drivers + "]";
    }
}
