// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.camera.live.CameraSettings;
import dev.sortline.camera.publishing.LineCamera;
import dev.sortline.camera.push.PushSettings;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.console.ConsoleSettings;
import dev.sortline.console.Shift;
import dev.sortline.contract.ClientProperties;
import dev.sortline.gateway.driver.DriverSettings;
import dev.sortline.gateway.rules.FiringSettings;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.ManagementServer;
import dev.sortline.signatures.TrustedKeys;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.stream.camera.CameraWatchSettings;
import dev.sortline.stream.gate.GateSettings;
import dev.sortline.stream.review.ReviewSettings;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The one {@code line.yaml} that describes cluster, model, belts and lines for all commands, and names the lines' plans.
 *
 * @param kafka Kafka client properties, passed through
 * @param model the model package's folder
 * @param inference how the model's network is run; what is absent is measured at start
 * @param shadow the second model, which decides nothing; empty when there is none
 * @param canary the model that decides a few lines first; empty when there is none
 * @param signatures whose signatures models and plans must have
 * @param http what is served over HTTP; nothing when absent
 * @param lines the lines by id
 * @param cameraWatch from when on a camera is no longer believed, or told of
 * @param emptyGate which cameras have a gate that knows their empty belt
 * @param cameras the live cameras, in the order of the file
 * @param push where cameras and scripts send pictures and triggers to
 * @param reviews which items a person is asked to look at
 * @param gateway when ejectors fire and when not
 * @param drivers what speaks to the lines' controllers, by name; none when absent
 * @param console what the operator's page shows, and to whom
 */
public record LineFile(
        Map<String, Object> kafka,
        Path model,
        InferenceSettings inference,
        Optional<Shadow> shadow,
        Optional<Canary> canary,
        Signatures signatures,
        Optional<Http> http,
        Map<String, Entry> lines,
        CameraWatchSettings cameraWatch,
        GateSettings emptyGate,
        Map<LineCamera, CameraSettings> cameras,
        PushSettings push,
        ReviewSettings reviews,
        FiringSettings gateway,
        Map<String, DriverSettings> drivers,
        Console console) {
    /**
     * The operator's page as the file describes it.
     *
     * @param access where it is served, and to whom
     * @param trialLine the line that takes photos to try, of those under lines; empty when none can be tried
     * @param plans the files of plans to look through, beside those of the lines
     * @param shifts the shifts by their name
     */
    public record Console(
            ConsoleSettings.Access access, Optional<String> trialLine, List<Path> plans, Map<String, Shift> shifts) {}

    /**
     * A second model.
     *
     * @param model its package's folder
     * @param place where in the line file it is named, {@code file:line:column}
     */
    public record Shadow(Path model, String place) {}

    /**
     * A model that decides a few lines before it decides all.
     *
     * @param model its package's folder
     * @param lines ids of the lines that it decides, of those under lines, at least one
     * @param place where in the line file it is named, {@code file:line:column}
     */
    public record Canary(Path model, Set<String> lines, String place) {}

    /** The package that decides a line: the canary's, or that of all. */
    public Path modelOf(String line) {
        return canary.filter(first -> first.lines().contains(line))
                .map(Canary::model)
                .orElse(model);
    }

    /**
     * Whose signatures are asked for.
     *
     * @param keys files of public keys; nothing is asked where there are none
     * @param require whether what is not signed is refused
     */
    public record Signatures(List<Path> keys, boolean require) {
        /**
         * Reads the keys.
         *
         * @throws CommandFailure naming the first file that is no key
         */
        public TrustedKeys trusted() {
            return TrustedKeys.read(keys, require);
        }
    }

    /** Health and metrics over HTTP. */
    public record Http(
            @JsonPropertyDescription("TCP port; 0 takes a free one")
                    @JsonProperty(required = true)
                    @Min(0) @Max(MOST_PORT) int port,
            @JsonPropertyDescription(
                            "the address that is listened on; others see lines, labels and counts where it is not this machine's own")
                    @JsonProperty(defaultValue = ManagementServer.LOOPBACK)
                    @NotBlank @Nullable String address) {
        private static final int MOST_PORT = 65_535;

        public Http {
            if (port < 0 || port > MOST_PORT) {
                throw new IllegalArgumentException("port is %d: must be from 0 to %d".formatted(port, MOST_PORT));
            }
            if (address != null && address.isBlank()) {
                throw new IllegalArgumentException(
                        "address is blank: must be one of this machine's, or 0.0.0.0 for all");
            }
        }

        /** The address that is listened on: this machine's own unless the file has another. */
        public String addressOrDefault() {
            return address == null ? ManagementServer.LOOPBACK : address;
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
     * {@code SORTLINE_MODEL}, {@code SORTLINE_HTTP_PORT}, {@code SORTLINE_HTTP_ADDRESS}, {@code SORTLINE_CONSOLE_ADDRESS},
     * {@code SORTLINE_CONSOLE_VIEWER_PASSWORD_FILE}, and {@code SORTLINE_KAFKA_BOOTSTRAP_SERVERS} and its like for
     * client properties, where an underscore stands for a dot. What Kubernetes sets for services with such names is passed over.
     *
     * @throws CommandFailure naming file, line, column and key of what is wrong
     */
    public static LineFile load(Path file) {
        return load(file, System.getenv());
    }

    /** As {@link #load(Path)}, with other environment variables than the process has. */
    public static LineFile load(Path file, Map<String, String> variables) {
        var environment = new EnvironmentOverrides(variables);
        var yaml = new YamlFile(file, text(file));
        WrittenLineFile content = yaml.as(WrittenLineFile.class);
        Map<String, Entry> lines = new LinkedHashMap<>();
        content.lines().forEach((id, line) -> lines.put(id, entry(file, yaml, content, id, line)));
        return new LineFile(
                kafka(yaml, content, environment),
                environment.model().orElseGet(() -> beside(file, content.model())),
                content.inference() == null ? InferenceSettings.MEASURED : content.inference(),
                Optional.ofNullable(content.shadow())
                        .map(shadow -> new Shadow(beside(file, shadow), yaml.place(List.of("shadow")))),
                Optional.ofNullable(content.canary()).map(canary -> canary(file, yaml, content, canary)),
                Optional.ofNullable(content.signatures())
                        .map(signatures -> new Signatures(
                                signatures.keys().stream()
                                        .map(key -> beside(file, key))
                                        .toList(),
                                signatures.requireOrDefault()))
                        .orElse(new Signatures(List.of(), false)),
                environment.http(Optional.ofNullable(content.http())),
                lines,
                content.cameraWatch() == null ? CameraWatchSettings.DEFAULT : content.cameraWatch(),
                emptyGate(yaml, content),
                cameras(file, yaml, content),
                (content.push() == null ? PushSettings.DEFAULT : content.push())
                        .startingAt(file.toAbsolutePath().resolveSibling("")),
                content.reviews() == null ? ReviewSettings.DEFAULT : content.reviews(),
                content.gateway() == null ? FiringSettings.DEFAULT : content.gateway(),
                drivers(file, yaml, content),
                console(file, yaml, content, environment));
    }

    /** The lines whose items are sorted: all but the trial line. */
    public List<String> sortingLines() {
        return lines.keySet().stream()
                .filter(id -> console.trialLine().filter(id::equals).isEmpty())
                .toList();
    }

    private static Canary canary(Path file, YamlFile yaml, WrittenLineFile content, WrittenCanary canary) {
        for (int i = 0; i < canary.lines().size(); i++) {
            String line = canary.lines().get(i);
            if (!content.lines().containsKey(line)) {
                throw yaml.mistake(
                        List.of("canary", "lines", String.valueOf(i)),
                        "'%s' is not under lines: there are %s"
                                .formatted(line, new TreeSet<>(content.lines().keySet())));
            }
        }
        return new Canary(
                beside(file, canary.model()),
                Collections.unmodifiableSet(new LinkedHashSet<>(canary.lines())),
                yaml.place(List.of("canary")));
    }

    private static Console console(
            Path file, YamlFile yaml, WrittenLineFile content, EnvironmentOverrides environment) {
        WrittenConsole console = content.console() == null ? WrittenConsole.DEFAULT : content.console();
        if (console.trialLine() != null) {
            checkTrialLine(yaml, content, console.trialLine());
        }
        return new Console(
                console.access(file.toAbsolutePath().resolveSibling(""), environment),
                Optional.ofNullable(console.trialLine()),
                Objects.requireNonNull(console.plans()).stream()
                        .map(plan -> beside(file, plan))
                        .toList(),
                console.shifts() == null ? Map.of() : console.shifts());
    }

    private static void checkTrialLine(YamlFile yaml, WrittenLineFile content, String id) {
        List<String> place = List.of("console", "trialLine");
        WrittenLineFile.WrittenLine line = content.lines().get(id);
        if (line == null) {
            throw yaml.mistake(
                    place,
                    "'%s' is not under lines: there are %s"
                            .formatted(id, new TreeSet<>(content.lines().keySet())));
        }
        BeltGeometry belt = content.belts().get(line.belt());
        if (belt != null && !belt.ejectors().isEmpty()) {
            throw yaml.mistake(
                    place, "the belt of line '%s' has ejectors: what is tried must move nothing".formatted(id));
        }
        if (belt != null && !belt.namedCameras().isEmpty()) {
            throw yaml.mistake(place, "the belt of line '%s' names cameras: photos come from any".formatted(id));
        }
        if (line.framesPerItemOrDefault() > 1) {
            throw yaml.mistake(place, "line '%s' has several frames an item: a photo is one".formatted(id));
        }
    }

    private static GateSettings emptyGate(YamlFile yaml, WrittenLineFile content) {
        GateSettings gate = content.emptyGate() == null ? GateSettings.DEFAULT : content.emptyGate();
        checkCameras(yaml, content, List.of("emptyGate", "cameras"), gate.cameras());
        return gate;
    }

    private static Map<LineCamera, CameraSettings> cameras(Path file, YamlFile yaml, WrittenLineFile content) {
        Map<LineCamera, CameraSettings> cameras = new LinkedHashMap<>();
        Path folder = file.toAbsolutePath().resolveSibling("");
        var written = content.cameras() == null ? Map.<String, Map<String, CameraSettings>>of() : content.cameras();
        checkCameras(yaml, content, List.of("cameras"), written);
        written.forEach((line, byName) -> byName.forEach((name, settings) ->
                cameras.put(camera(yaml, List.of("cameras", line, name), line, name), settings.startingAt(folder))));
        return cameras;
    }

    /** Refuses a camera of a line that there is not, or that the line's belt does not name where it names some. */
    private static void checkCameras(
            YamlFile yaml, WrittenLineFile content, List<String> under, Map<String, ? extends Map<String, ?>> cameras) {
        cameras.forEach((line, byName) -> {
            WrittenLineFile.WrittenLine described = content.lines().get(line);
            if (described == null) {
                throw yaml.mistake(
                        Stream.concat(under.stream(), Stream.of(line)).toList(),
                        "'%s' is not under lines: there are %s"
                                .formatted(line, new TreeSet<>(content.lines().keySet())));
            }
            BeltGeometry belt = content.belts().get(described.belt());
            for (String name : byName.keySet()) {
                if (belt != null
                        && !belt.namedCameras().isEmpty()
                        && !belt.namedCameras().contains(name)) {
                    throw yaml.mistake(
                            Stream.concat(under.stream(), Stream.of(line, name)).toList(),
                            "the belt of line '%s' has no such camera: it has %s"
                                    .formatted(line, new TreeSet<>(belt.namedCameras())));
                }
            }
        });
    }

    private static LineCamera camera(YamlFile yaml, List<String> place, String line, String name) {
        try {
            return new LineCamera(line, name);
        } catch (IllegalArgumentException e) {
            throw yaml.mistake(place, String.valueOf(e.getMessage()));
        }
    }

    private static Map<String, DriverSettings> drivers(Path file, YamlFile yaml, WrittenLineFile content) {
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

    private static Entry entry(
            Path file, YamlFile yaml, WrittenLineFile content, String id, WrittenLineFile.WrittenLine line) {
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

    private static int framesPerItem(YamlFile yaml, String id, WrittenLineFile.WrittenLine line) {
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

    private static Map<String, Object> kafka(YamlFile yaml, WrittenLineFile content, EnvironmentOverrides environment) {
        Map<String, Object> kafka = new LinkedHashMap<>(content.kafka());
        Map<String, String> variables = environment.kafkaVariables();
        variables.forEach((key, variable) -> kafka.put(key, environment.value(variable)));
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

    /** Without the values of client properties: some are passwords. */
    @Override
    public String toString() {
        return "LineFile[kafka=" + ClientProperties.keys(kafka) + ", model=" + model + ", inference=" + inference
                + ", shadow=" + shadow + ", canary=" + canary + ", signatures=" + signatures + ", http=" + http
                + ", lines=" + lines + ", cameraWatch=" + cameraWatch + ", emptyGate=" + emptyGate
                + ", cameras=" + cameras + ", push=" + push + ", reviews=" + reviews + ", gateway=" + gateway
                + ", drivers=" + drivers + ", console=" + console + "]";
    }
}
