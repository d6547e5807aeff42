// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEventSerde;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.line.peers.TopicLog;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.stream.LineStream;
import dev.sortline.stream.StreamSettings;
import dev.sortline.trainer.imports.ForeignModel;
import dev.sortline.trainer.imports.KerasModel;
import dev.sortline.trainer.imports.KerasModel.Style;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code sortline model import} as it is typed, and a line on a real broker with what it wrote. */
class ImportedModelIT {
    private static final Duration SOON = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @Test
    void importedModelSortsWhatTheCamerasSee() throws Exception {
        sortsWhatTheCamerasSee(224, 6, PixelScaling.MINUS_ONE_TO_ONE, "-1..1", false, Style.KERAS_2);
    }

    @Tag("exhaustive")
    @ParameterizedTest
    @CsvSource({"128, 3, NONE, none, true, KERAS_3", "299, 1000, ZERO_TO_ONE, 0..1, true, KERAS_3"})
    void importedModelOfAnySizeAndScalingSortsWhatTheCamerasSee(
            int size, int labels, PixelScaling scaling, String asTyped, boolean softmax, Style style) throws Exception {
        sortsWhatTheCamerasSee(size, labels, scaling, asTyped, softmax, style);
    }

    private void sortsWhatTheCamerasSee(
            int size, int labels, PixelScaling scaling, String asTyped, boolean softmax, Style style) throws Exception {
        // Given
        var savedModel = new KerasModel(size, labels, scaling, softmax, style).writeTo(folder.resolve("exported"));
        var order = importing(savedModel, labels, size, asTyped);
        assertThat(run(order)).as(output()).isZero();

        // When
        List<RoutingEvent> events = eventsOf(picture(Color.GREEN), picture(Color.RED));

        // Then
        assertThat(events).extracting(RoutingEvent::label).containsExactly("label 1", "label 0");
        assertThat(events).extracting(RoutingEvent::model).containsOnly(new RoutingEvent.Model("imported", "1.0.0"));
    }

    @Test
    void importedFileDecidesInTheStreamAsItAnswersAlone() throws Exception {
        decidesInTheStreamAsItAnswersAlone("plain.keras");
    }

    @Tag("exhaustive")
    @ParameterizedTest
    @CsvSource({"branches.onnx", "plain-int8.tflite"})
    void importedFileOfEveryKindDecidesInTheStreamAsItAnswersAlone(String name) throws Exception {
        decidesInTheStreamAsItAnswersAlone(name);
    }

    private void decidesInTheStreamAsItAnswersAlone(String name) throws Exception {
        // Given
        ForeignModel original = ForeignModel.named(name);
        assertThat(run(importing(original, original.unpackedTo(folder))))
                .as(output())
                .isZero();
        byte[] picture = picture(Color.ORANGE);

        // When
        List<RoutingEvent> events = eventsOf(picture);

        // Then
        try (var alone = ImageClassifier.open(ModelPackage.load(folder.resolve("imported")));
                var decoded = alone.decode(picture)) {
            assertThat(events)
                    .extracting(RoutingEvent::label)
                    .containsExactly(alone.classify(List.of(decoded)).get(0).label());
        }
    }

    @ParameterizedTest
    @CsvSource({"plain.keras", "branches.h5", "branches.onnx", "branches.tflite"})
    void importOfAFileThatIsCutOffIsOneLineAndLeavesNothing(String name) throws Exception {
        // Given
        ForeignModel original = ForeignModel.named(name);
        Path file = original.unpackedTo(folder);
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length - bytes.length / 3));
        List<String> order = importing(original, file);
        List<String> before = names();

        // When
        int exitCode = run(order);

        // Then
        assertThat(exitCode).as(output()).isEqualTo(2);
        assertThat(output()).contains("sortline: " + file, "cut off or damaged").hasLineCount(1);
        assertThat(names()).containsAll(before).hasSize(before.size() + 1).contains("output.log");
    }

    @Test
    void importOntoAFullDiskIsOneLineAndLeavesNothing() throws Exception {
        // Given
        assumeThat(File.separator).as("a shell with ulimit").isEqualTo("/");
        var savedModel =
                new KerasModel(32, 1000, PixelScaling.NONE, false, Style.KERAS_3).writeTo(folder.resolve("exported"));
        var order = importing(savedModel, 1000, 32, "none");

        // When
        int exitCode = run(Stream.concat(Stream.of("sh", "-c", "ulimit -f 16; exec \"$@\"", "sh"), order.stream())
                .toList());

        // Then
        assertThat(exitCode).as(output()).isEqualTo(1);
        assertThat(output())
                .contains(
                        "sortline: cannot write the package to " + folder.resolve("imported") + ": ", "File too large")
                .hasLineCount(1);
        assertThat(names()).containsExactlyInAnyOrder("exported", "labels.txt", "output.log");
    }

    /** What a line with the imported model makes of pictures, one after the other. */
    private List<RoutingEvent> eventsOf(byte[]... pictures) throws Exception {
        try (var broker = EmbeddedBroker.start()) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            TopicSetup.createMissing(kafka);
            try (var camera = new TestCamera(broker);
                    var actuations = new TopicLog<>(
                            broker, Topic.ACTUATIONS.topicName(), new RoutingEventSerde().deserializer());
                    var classifier = ImageClassifier.open(ModelPackage.load(folder.resolve("imported")));
                    var stream = new LineStream(
                            new StreamSettings(kafka, Map.of("line-1", line())),
                            classifier,
                            new SimpleMeterRegistry())) {
                stream.start();
                await().atMost(SOON).until(stream::ready);
                for (int i = 0; i < pictures.length; i++) {
                    camera.publish("line-1", i + 1, pictures[i]);
                }
                await().atMost(SOON).until(() -> actuations.values().size() == pictures.length);
                return List.copyOf(actuations.values());
            }
        }
    }

    private List<String> importing(ForeignModel original, Path file) throws IOException {
        List<String> order = importing(
                file,
                original.answers().get(0).length,
                original.input().size(),
                original.scaling().toString());
        if (!original.input().mean().isEmpty()) {
            order.addAll(List.of("--mean", numbers(original.input().mean())));
            order.addAll(List.of("--std", numbers(original.input().deviation())));
        }
        return order;
    }

    private static String numbers(List<Float> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    private List<String> importing(Path savedModel, int labels, int size, String scaling) throws IOException {
        var file = Files.writeString(
                folder.resolve("labels.txt"),
                IntStream.range(0, labels).mapToObj(i -> "label " + i + "\n").collect(Collectors.joining()));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:-UsePerfData",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.sortline.cli.Main"));
        command.addAll(List.of("model", "import", savedModel.toString(), "--labels", file.toString()));
        command.addAll(List.of("--input-size", String.valueOf(size), "--scaling", scaling));
        command.addAll(List.of("--out", folder.resolve("imported").toString()));
        return command;
    }

    private int run(List<String> command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        process.environment().put("TF_CPP_MIN_LOG_LEVEL", "3");
        return process.start().waitFor();
    }

    /** What the command has printed, without what TensorFlow prints before it knows how much to say. */
    private String output() throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve("output.log"))) {
            return lines.filter(line -> !line.contains("absl::") && !line.contains(".cc:"))
                    .collect(Collectors.joining("\n"));
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString()).toList();
        }
    }

    private static Line line() {
        var belt = new BeltGeometry(0.01, 20, "residue", null, null, Map.of("green", new Ejector(1, 1.0, 0)));
        return new Line("line-1", belt, GlassOnly.edition("label 1", "green", 0.5));
    }

    private static byte[] picture(Color colour) throws IOException {
        var picture = new BufferedImage(320, 240, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 320 * 240; i++) {
            picture.setRGB(i % 320, i / 320, colour.getRGB());
        }
        var jpeg = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", jpeg);
        return jpeg.toByteArray();
    }
}
