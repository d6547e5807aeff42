// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.sortline.contract.ClientProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The rooms of the house, and who may use whom. */
class ModuleRulesTest {
    private static final JavaClasses SORTLINE = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            // What JMH generates is JMH's.
            .withImportOption(location -> !location.contains("jmh_generated"))
            .importPackages("dev.sortline");

    private static final String HOUSE = "dev.sortline.";
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+);");

    /** What follows an imported room's name: its class, and what is nested in that. */
    private static final Pattern IMPORTED_ROOM = Pattern.compile("\\.[A-Z].*");

    private static final Set<String> CLOCKS = Set.of(
            "System.nanoTime",
            "System.currentTimeMillis",
            "Instant.now",
            "Clock.systemUTC",
            "Clock.systemDefaultZone",
            "InstantSource.system",
            "LocalDate.now",
            "LocalDateTime.now",
            "ZonedDateTime.now");

    /** Each room, what it is for, and the rooms that it may use: those of docs/architecture.md, from the ground floor up. */
    private static final String ROOMS =
            """
            trouble                | tells the same trouble once a second, in a line                | -
            metrics                | every metric, declared once                                    | -
            secret                 | where passwords stand                                          | -
            contract               | topics, messages and their serdes                              | trouble
            loopback               | brokers and processes on this machine alone                    | -
            tracing                | the way of single frames, told by OpenTelemetry                | contract

            classifier.model       | the model package                                              | -
            classifier.runtime     | TensorFlow's native library                                    | classifier.model
            classifier.integrity   | what JPEGs tell without being decoded                          | -
            classifier.image       | pixels of files that nobody vouches for                        | classifier.integrity classifier.model classifier.runtime
            classifier.engine      | what runs a network, whichever it is                           | classifier.model
            classifier.tensorflow  | runs SavedModels                                               | classifier.engine classifier.model classifier.runtime
            classifier.onnx        | runs ONNX networks                                             | classifier.engine classifier.model
            classifier.tflite      | runs networks for TensorFlow Lite                              | classifier.engine classifier.model classifier.runtime
            classifier.network     | runs the network, as it runs fastest here                      | classifier.engine classifier.model classifier.onnx classifier.runtime classifier.tensorflow classifier.tflite
            classifier             | says what an image shows                                       | classifier.engine classifier.image classifier.integrity classifier.model classifier.network classifier.runtime

            camera.time            | when a picture was taken, and how sure that is                 | -
            camera.picture         | pictures as they come and as they are sent                     | camera.time
            camera.publishing      | brings frames to Kafka                                         | contract metrics tracing
            camera.replay          | plays a folder as if cameras saw it                            | contract camera.publishing
            camera.source          | what a camera is, whatever it speaks                           | secret camera.picture
            camera.folder          | publishes the files that cameras drop                          | contract trouble camera.picture camera.publishing camera.source camera.time
            camera.ffmpeg          | pictures and video by FFmpeg's libraries                       | camera.picture camera.source camera.time
            camera.genicam         | machine-vision cameras that speak GenICam                      | trouble camera.ffmpeg camera.picture camera.source camera.time
            camera.mjpeg           | cameras that give JPEGs over HTTP                              | trouble camera.picture camera.source camera.time
            camera.trigger         | which pictures become frames, and of which item                | contract camera.picture camera.time
            camera.sight           | whether a camera sees well                                     | camera.picture
            camera.outside         | who asks for pictures, and how that is answered                | contract trouble camera.trigger
            camera.outside.modbus  | is asked by Modbus TCP                                         | trouble camera.outside camera.trigger
            camera.outside.mqtt    | is asked by MQTT                                               | camera.outside camera.source camera.trigger
            camera.outside.opcua   | is asked by OPC UA                                             | trouble camera.outside camera.trigger
            camera.live            | the way of a live camera's pictures                            | contract metrics trouble camera.ffmpeg camera.picture camera.publishing camera.sight camera.source camera.time camera.trigger
            camera.push            | takes pictures and triggers over HTTP                          | contract secret trouble camera.picture camera.publishing camera.source camera.time camera.trigger
            camera.rtsp            | network cameras that speak RTSP                                | camera.ffmpeg camera.source camera.time
            camera.device          | cameras at this machine                                        | camera.ffmpeg camera.picture camera.source camera.time
            camera.check           | connects to a camera once and says how it does                 | camera.device camera.ffmpeg camera.genicam camera.mjpeg camera.picture camera.rtsp camera.sight camera.source camera.time
            camera                 | all live cameras of a process                                  | contract metrics trouble camera.device camera.ffmpeg camera.folder camera.genicam camera.live camera.mjpeg camera.outside camera.outside.modbus camera.outside.mqtt camera.outside.opcua camera.picture camera.publishing camera.push camera.rtsp camera.sight camera.source camera.time camera.trigger tracing

            sorting                | what an operator describes: lines, belts, plans                | contract
            stream.drift           | whether a model sees what it was measured on                   | -
            stream.gate            | knows a camera's empty belt without the network                | classifier.integrity
            stream.item            | what frames say of an item, and when enough is said            | contract sorting
            stream.camera          | watches clocks, counters and pictures of cameras               | contract metrics stream.item sorting
            stream.side            | topics that nobody waits for                                   | contract trouble
            stream.review          | which items a person shall look at                             | contract metrics trouble stream.side
            stream.shadow          | a second model, which decides nothing                          | contract metrics trouble classifier classifier.engine classifier.image classifier.network stream.item stream.side
            stream.model           | by which model a line is decided, and how that changes         | contract classifier classifier.image classifier.integrity classifier.model classifier.network
            stream.heartbeat       | tells which lines can be decided now                           | contract metrics trouble stream.camera stream.model sorting
            stream.flight          | records that are worked on before Kafka Streams gets them      | -
            stream.topology        | the way of a frame through Kafka Streams                       | contract metrics trouble classifier classifier.engine classifier.image classifier.model classifier.network stream.camera stream.drift stream.flight stream.gate stream.item stream.model stream.review stream.side sorting tracing
            stream                 | runs the topology                                              | contract metrics classifier classifier.image classifier.model classifier.network stream.camera stream.gate stream.heartbeat stream.model stream.review stream.shadow stream.side sorting stream.topology tracing

            gateway.rules          | which shot is fired, and when                                  | contract
            gateway.firing         | runs the rules by both clocks                                  | contract metrics gateway.rules
            gateway.reading        | reads events and heartbeats from Kafka                         | contract metrics trouble gateway.firing gateway.rules tracing
            gateway.telling        | tells the cluster what became of items                         | contract trouble gateway.firing gateway.rules
            gateway.driver         | what all drivers have in common                                | contract secret trouble gateway.firing gateway.rules
            gateway.modbus         | speaks Modbus TCP                                              | contract trouble gateway.driver gateway.firing gateway.rules
            gateway.mqtt           | speaks MQTT                                                    | contract trouble gateway.driver gateway.firing gateway.rules
            gateway.opcua          | speaks OPC UA                                                  | contract trouble gateway.driver gateway.firing gateway.rules
            gateway                | reads, decides and fires                                       | contract gateway.driver gateway.firing gateway.modbus gateway.mqtt gateway.opcua gateway.reading gateway.rules gateway.telling tracing

            console.web            | who may do what over HTTP; the page's files                    | secret trouble
            console.feed           | hears what passes on the cluster                               | contract trouble
            console.trial          | lets people try a photo                                        | contract trouble classifier.image console.feed console.web sorting
            console.figures        | what shifts and models come to: statistics                     | contract sorting
            console.book           | what people shall look at, and what they said                  | contract console.figures sorting
            console.report         | tells what a shift came to                                     | contract trouble console.figures console.web sorting
            console.review         | shows what people shall look at, and takes what they say       | contract metrics trouble console.book console.feed console.web sorting
            console.view           | what is seen of the lines now                                  | contract trouble sorting
            console.model          | tells what the model is, and whether it drifts                 | contract trouble sorting console.feed console.figures console.web
            console.live           | shows the lines live                                           | contract trouble classifier.image console.feed console.view console.web sorting

            trainer.progress       | hears how long work goes on, and what cannot be used           | -
            trainer.writing        | whole files, figures as JSON, tables for a terminal            | -
            trainer.pictures       | reads folders of labelled pictures                             | classifier.image trainer.progress
            trainer.augmentation   | pictures as a camera over a belt might have taken them         | classifier.model trainer.pictures
            trainer.packages       | writes model packages whole                                    | classifier.model trainer.progress
            trainer.features       | what is near to what a network knows                           | classifier.model trainer.packages trainer.progress
            trainer.network        | networks and their weights                                     | classifier.model trainer.packages trainer.progress
            trainer.onnx           | networks as ONNX                                               | classifier.model classifier.onnx trainer.network
            trainer.teaching       | what other models say of the same shots                        | classifier.model classifier.network classifier.tensorflow trainer.progress
            trainer.learning       | the training as a graph of TensorFlow                          | classifier.image classifier.model trainer.augmentation trainer.writing trainer.network trainer.pictures trainer.progress trainer.teaching
            trainer.layers         | foreign networks, layer by layer, as a graph of TensorFlow     | classifier.model classifier.runtime trainer.network trainer.packages
            trainer.keras          | reads networks that Keras saved                                | classifier.model trainer.layers trainer.network
            trainer.onnx.reading   | reads networks that come as ONNX                               | trainer.layers trainer.network
            trainer.tflite         | reads networks for TensorFlow Lite                             | trainer.layers trainer.network
            trainer.tflite.writing | networks for TensorFlow Lite, of those in ONNX                 | classifier.model trainer.onnx trainer.tflite
            trainer.imports        | packages of networks that others trained                       | classifier.model classifier.tensorflow trainer.keras trainer.layers trainer.onnx.reading trainer.packages trainer.progress trainer.tflite trainer.writing
            trainer.exports        | networks of packages for other tools                           | classifier.model trainer.onnx trainer.packages trainer.progress trainer.tflite.writing trainer.writing
            trainer                | trains a model                                                 | classifier.model classifier.runtime trainer.augmentation trainer.learning trainer.network trainer.packages trainer.pictures trainer.progress trainer.teaching trainer.tflite.writing trainer.writing

            evaluation.figures     | how good, and how sure of that: statistics                     | -
            evaluation.likeness    | pictures that are almost the same                              | classifier.image evaluation.figures trainer.pictures trainer.progress
            evaluation.corruption  | the same as pictures get worse                                 | classifier classifier.image evaluation.figures trainer.augmentation trainer.pictures trainer.progress
            evaluation             | measures a model and reports it                                | classifier classifier.image classifier.model evaluation.corruption evaluation.figures evaluation.likeness trainer.writing trainer.pictures trainer.progress
            adjustment             | labels held back and confidences true where a model is strange | classifier classifier.image classifier.model classifier.network evaluation.figures trainer.learning trainer.network trainer.onnx trainer.pictures trainer.progress trainer.tflite.writing trainer.writing
            quantization           | networks of eight bits, if they answer well enough             | classifier classifier.engine classifier.image classifier.model classifier.network evaluation evaluation.figures trainer.onnx trainer.packages trainer.pictures trainer.progress trainer.tflite.writing trainer.writing
            retraining             | learns on from reviewed pictures, and keeps what was known     | classifier.model classifier.runtime evaluation.figures trainer.augmentation trainer.learning trainer.network trainer.packages trainer.pictures trainer.progress trainer.tflite.writing trainer.writing
            familiarity            | what a model knows, so that it can tell what it does not        | classifier.engine classifier.image classifier.model classifier.onnx classifier.tensorflow trainer.features trainer.onnx trainer.packages trainer.pictures trainer.progress trainer.tflite.writing trainer.writing

            benchmarks.report      | reports and plots                                              | contract trainer.writing
            benchmarks.line        | a line of processes to be measured                             | contract metrics loopback camera.publishing camera.replay classifier.model
            benchmarks.peers       | what the line is measured against                              | contract loopback classifier classifier.image classifier.model classifier.network benchmarks.line
            benchmarks.micro       | parts by JMH                                                   | contract tracing classifier classifier.engine classifier.image classifier.integrity classifier.model classifier.network stream.gate benchmarks.line benchmarks.peers
            benchmarks.camera      | cameras to be filmed with                                      | loopback benchmarks.line
            benchmarks             | a benchmark a question                                         | contract classifier.model trainer.progress trainer.writing benchmarks.camera benchmarks.line benchmarks.peers benchmarks.report

            console                | serves the operator's page                                     | contract classifier.image console.feed console.live console.model console.report console.review console.trial console.view console.web sorting

            process                | what the process of every command has                          | contract metrics trouble tracing
            signatures             | who has signed what decides                                    | process
            linefile               | line.yaml and plan files                                       | contract metrics trouble classifier.model classifier.network console stream stream.camera stream.gate stream.review sorting stream.topology gateway gateway.driver gateway.rules process signatures camera camera.live camera.publishing camera.push camera.source
            rights                 | what each role may do on the cluster                           | contract process
            models                 | model packages, and how running lines get new ones             | metrics classifier classifier.engine classifier.image classifier.model classifier.network signatures sorting stream.model
            reviews                | what people said of items, as a folder to train on             | contract process trainer.writing
            demo.belt              | the physics of a belt                                          | sorting
            plc                    | a controller that is none                                      | gateway.modbus
            demo.plant             | belts, and the controller of their valves                      | contract classifier.model gateway.driver gateway.modbus sorting demo.belt plc
            demo                   | the whole line in one process                                  | *
            cli.manual             | man pages, and completion at a shell                           | -
            cli                    | the sortline command                                           | * tracing
            """;

    /** These rooms decide; others run what they decide. So they can be tested by values alone, at any time of day. */
    static Stream<String> pureRooms() {
        return Stream.of(
                "camera.time",
                "camera.trigger",
                "camera.sight",
                "gateway.rules",
                "stream.drift",
                "stream.gate",
                "stream.item",
                "sorting",
                "console.figures",
                "console.book",
                "console.view",
                "evaluation.figures",
                "demo.belt");
    }

    private record Room(String name, String purpose, Set<String> uses) {
        static Room of(String row) {
            String[] cells = row.split("\\|", -1);
            return new Room(
                    cells[0].strip(), cells[1].strip(), Set.of(cells[2].strip().split(" ", -1)));
        }

        boolean mayUse(String room) {
            return room.equals(name) || uses.contains(room) || uses.contains("*");
        }

        @Override
        public String toString() {
            return name + ": " + purpose;
        }
    }

    static Stream<Room> rooms() {
        return ROOMS.lines().filter(line -> !line.isBlank()).map(Room::of);
    }

    @Test
    void everyPackageIsARoomOfTheHouse() {
        // When
        Set<String> packages = SORTLINE.stream().map(ModuleRulesTest::roomOf).collect(Collectors.toSet());

        // Then
        assertThat(packages).isEqualTo(rooms().map(Room::name).collect(Collectors.toSet()));
    }

    @ParameterizedTest
    @MethodSource("rooms")
    void roomUsesOnlyTheRoomsThatItMay(Room room) {
        // Given
        var others = describe(
                "other rooms than those of its row",
                (JavaClass used) -> used.getPackageName().startsWith(HOUSE) && !room.mayUse(roomOf(used)));

        // When
        var rule = noClasses()
                .that()
                .resideInAPackage(HOUSE + room.name())
                .should()
                .dependOnClassesThat(others)
                .because("of its purpose, " + room.purpose());

        // Then
        rule.check(SORTLINE);
    }

    /** Constants leave no trace in a class that uses them, and Javadoc none at all: both are read from the source. */
    @ParameterizedTest
    @MethodSource("rooms")
    void roomImportsNothingOfOtherRoomsThanThoseThatItMayUse(Room room) throws IOException {
        // When
        List<String> imports = imports(room.name());

        // Then
        assertThat(imports)
                .filteredOn(imported -> imported.startsWith(HOUSE))
                .allMatch(imported -> room.mayUse(IMPORTED_ROOM
                        .matcher(imported.substring(HOUSE.length()))
                        .replaceFirst("")));
    }

    @Test
    void noArrowBetweenRoomsRunsBackUp() {
        // Given
        Set<String> below = new HashSet<>();

        // When
        List<String> upwards = rooms().filter(room -> {
                    boolean up = room.uses().stream()
                            .anyMatch(used -> !used.equals("-") && !used.equals("*") && !below.contains(used));
                    below.add(room.name());
                    return up;
                })
                .map(Room::name)
                .toList();

        // Then
        assertThat(upwards).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("pureRooms")
    void pureRoomKnowsNeitherKafkaNorAProtocolNorTensorFlow(String room) throws IOException {
        // Given
        var rule = classes()
                .that()
                .resideInAPackage(HOUSE + room)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "com.fasterxml.jackson.annotation..",
                        "jakarta.validation.constraints..",
                        "org.jspecify..",
                        "org.HdrHistogram..",
                        "dev.sortline..");

        // When
        List<String> imports = imports(room);

        // Then
        rule.check(SORTLINE);
        assertThat(imports)
                .allMatch(imported -> imported.matches("(java|com\\.fasterxml\\.jackson\\.annotation|"
                        + "jakarta\\.validation\\.constraints|org\\.jspecify|org\\.HdrHistogram|dev\\.sortline)\\..*"));
    }

    @ParameterizedTest
    @MethodSource("pureRooms")
    void pureRoomAsksNoClock(String room) {
        // Given
        var asked = describe(
                "ask a clock",
                (JavaCall<?> call) -> CLOCKS.contains(call.getTargetOwner().getSimpleName() + "." + call.getName()));

        // When
        var rule = noClasses().that().resideInAPackage(HOUSE + room).should().callCodeUnitWhere(asked);

        // Then
        rule.check(SORTLINE);
    }

    @ParameterizedTest
    @CsvSource({
        "io.prometheus.., dev.sortline.process..",
        "io.opentelemetry.., dev.sortline.tracing..",
        "org.tensorflow.., dev.sortline.classifier..|dev.sortline.trainer..|dev.sortline.benchmarks.peers..|dev.sortline.benchmarks.micro..",
        "org.apache.kafka.streams.., dev.sortline.stream..",
        "io.cloudevents.., dev.sortline.contract..",
        "com.digitalpetri.., dev.sortline.camera.outside.modbus..|dev.sortline.gateway.modbus..|dev.sortline.plc..",
        "com.hivemq.., dev.sortline.camera.outside.mqtt..|dev.sortline.gateway.mqtt..",
        "org.eclipse.milo.., dev.sortline.camera.outside.opcua..|dev.sortline.gateway.opcua..",
        "io.netty..,"
                + " dev.sortline.gateway.driver..|dev.sortline.gateway.modbus..|dev.sortline.gateway.mqtt..|dev.sortline.gateway.opcua..",
        "io.javalin.., dev.sortline.process..|dev.sortline.console..|dev.sortline.camera.push..",
        "io.github.bucket4j.., dev.sortline.console.web..",
        "org.eclipse.jetty.., dev.sortline.process..|dev.sortline.console..|dev.sortline.camera.push..",
        "picocli.., dev.sortline.cli..",
        "org.bytedeco.ffmpeg.., dev.sortline.camera.ffmpeg..|dev.sortline.camera.rtsp..|dev.sortline.camera.device..",
        "kafka.., dev.sortline.loopback..",
        "org.apache.hc.., dev.sortline.camera.mjpeg..",
        "org.apache.commons.csv.., dev.sortline.console.report..",
        "org.commonmark.., dev.sortline.console.model..",
        "com.samskivert.., dev.sortline.evaluation..",
        "com.sun.jna.., dev.sortline.camera.genicam..|dev.sortline.classifier.runtime..|dev.sortline.classifier.tflite..",
        "org.bytedeco.tensorflowlite.., dev.sortline.classifier.tflite..",
        "com.google.flatbuffers.., dev.sortline.trainer.tflite.writing..",
        "ai.onnx.., dev.sortline.trainer.onnx..|dev.sortline.trainer.tflite.writing..|dev.sortline.benchmarks.micro..",
        "ai.onnxruntime.., dev.sortline.classifier.onnx..|dev.sortline.benchmarks.peers..|dev.sortline.benchmarks.micro..",
        "io.jhdf.., dev.sortline.trainer.keras..",
        "org.knowm.., dev.sortline.benchmarks.report..",
        "org.openjdk.jmh.., dev.sortline.benchmarks.micro..",
    })
    void libraryIsUsedOnlyWhereItBelongs(String library, String rooms) {
        // Given
        String[] allowed = rooms.split("\\|");

        // When
        var rule = noClasses()
                .that(not(resideInAnyPackage(allowed)))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library);

        // Then
        rule.check(SORTLINE);
    }

    /** A mistake of ours must not be told as one of the user's: only what checks the user's words may be tried for it. */
    @Test
    void noWholeRunIsTriedForAMistakeOfTheUsers() {
        // Given
        Set<String> running = Set.of("run", "start", "await", "open", "execute");

        // When
        var suspects = SORTLINE.stream()
                .filter(resideInAnyPackage("dev.sortline.cli..", "dev.sortline.demo..", "dev.sortline.process.."))
                .flatMap(type -> type.getCodeUnits().stream())
                .flatMap(unit -> unit.getTryCatchBlocks().stream())
                .filter(block -> block.getCaughtThrowables().stream()
                        .anyMatch(caught -> caught.isEquivalentTo(IllegalArgumentException.class)))
                .flatMap(block -> block.getAccessesContainedInTryBlock().stream())
                .filter(access -> running.contains(access.getTarget().getName()));

        // Then
        assertThat(suspects).isEmpty();
    }

    @Test
    void recordsWithKafkasPropertiesDoNotShowThem() {
        // Given
        Predicate<JavaClass> hasProperties = type -> type.getFields().stream()
                .anyMatch(field -> field.getType().getName().equals("java.util.Map<java.lang.String, java.lang.Object>")
                        || field.getName().equals("kafka"));

        // When
        var telling = SORTLINE.stream()
                .filter(JavaClass::isRecord)
                .filter(hasProperties)
                .collect(Collectors.partitioningBy(type -> type.getMethod("toString").getMethodCallsFromSelf().stream()
                        .anyMatch(call -> call.getTargetOwner().isEquivalentTo(ClientProperties.class))));

        // Then
        assertThat(telling.get(true)).hasSizeGreaterThan(2);
        assertThat(telling.get(false)).isEmpty();
    }

    /** Elsewhere they would not be run, and nothing would say so. */
    @Test
    void modulesThatHaveIntegrationTestsRunThem() throws IOException {
        // Given
        Set<String> having = new TreeSet<>();
        Set<String> running = new TreeSet<>();

        // When
        for (Path module : modules()) {
            try (Stream<Path> tests = Files.walk(module.resolve("src/test/java"))) {
                if (tests.anyMatch(test -> test.toString().endsWith("IT.java"))) {
                    having.add(module.getFileName().toString());
                }
            }
            if (Files.readString(module.resolve("pom.xml")).contains("<integration.phase>integration-test<")) {
                running.add(module.getFileName().toString());
            }
        }

        // Then
        assertThat(running).contains("line-tests").isEqualTo(having);
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of(".."))) {
            return folders.filter(folder -> Files.isDirectory(folder.resolve("src/test/java")))
                    .toList();
        }
    }

    private static String roomOf(JavaClass type) {
        return type.getPackageName().substring(HOUSE.length());
    }

    /** What the sources of a room import, in the code and for Javadoc. */
    private static List<String> imports(String room) throws IOException {
        List<String> imports = new ArrayList<>();
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            for (Path module : modules.toList()) {
                Path folder = module.resolve("src/main/java/dev/sortline").resolve(room.replace('.', '/'));
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> sources = Files.list(folder)) {
                        for (Path source : sources.filter(Files::isRegularFile).toList()) {
                            IMPORT.matcher(Files.readString(source))
                                    .results()
                                    .forEach(found -> imports.add(found.group(1)));
                        }
                    }
                }
            }
        }
        return imports;
    }
}
