// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import static dev.sortline.classifier.model.PixelScaling.MINUS_ONE_TO_ONE;
import static dev.sortline.classifier.model.PixelScaling.ZERO_TO_ONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.imports.KerasModel.Style;
import dev.sortline.trainer.layers.PictureInput;
import dev.sortline.trainer.progress.TrainingInputException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

class ModelImportTest {
    private static final KerasModel COLOURS = new KerasModel(32, 3, MINUS_ONE_TO_ONE, false, Style.KERAS_3);

    @TempDir
    private Path folder;

    private Path savedModel;
    private Path labels;
    private Path out;

    @BeforeEach
    void choosePlaces() throws IOException {
        savedModel = folder.resolve("exported");
        labels = folder.resolve("classes.txt");
        out = Files.createDirectory(folder.resolve("models")).resolve("colours");
        writeLabels(3);
    }

    @ParameterizedTest
    @CsvSource({
        "128, 3, false, KERAS_2",
        "128, 2, true, KERAS_3",
        "224, 6, false, KERAS_3",
        "224, 1000, true, KERAS_2",
        "299, 4, true, KERAS_3",
        "299, 1000, false, KERAS_2"
    })
    void importsWhatKerasExports(int size, int scores, boolean softmax, Style style) throws Exception {
        // Given
        new KerasModel(size, scores, MINUS_ONE_TO_ONE, softmax, style).writeTo(savedModel);
        writeLabels(scores);

        // When
        ImportedModel imported = run(size, MINUS_ONE_TO_ONE, Optional.empty());

        // Then
        assertThat(imported.model().manifest().output())
                .isEqualTo(softmax ? NetworkOutput.PROBABILITIES : NetworkOutput.LOGITS);
        assertThat(imported.model().manifest().temperature()).isEqualTo(1);
        Classification seen = classify(new Color(0, 255, 0));
        assertThat(seen.label()).isEqualTo("label 1");
        double others = Math.min(scores, 3) - 1 + Math.max(scores - 3, 0) * Math.exp(-6);
        assertThat(seen.confidence()).isCloseTo(1 / (1 + others * Math.exp(-8)), within(0.01));
    }

    @ParameterizedTest
    @EnumSource
    void feedsTheNetworkInTheRangeThatItWasTrainedOn(PixelScaling scaling) throws Exception {
        // Given
        new KerasModel(64, 3, scaling, false, Style.KERAS_3).writeTo(savedModel);

        // When
        run(64, scaling, Optional.empty());

        // Then: logits 1, -4, -4
        assertThat(classify(new Color(159, 0, 0)).confidence()).isCloseTo(1 / (1 + 2 * Math.exp(-4.99)), within(1e-3));
    }

    @Test
    void writesAPackageWithConstantWeightsAndNothingElse() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);

        // When
        ImportedModel imported = run();

        // Then
        assertThat(imported.constantWeights()).isTrue();
        assertThat(names(out)).containsExactly("MODEL_CARD.md", "labels.txt", "model.json", "saved_model.pb");
        assertThat(names(out.getParent())).containsExactly("colours");
    }

    @Test
    void keepsTheVariablesOfANetworkThatDoesMoreThanReadThem() throws Exception {
        // Given
        COLOURS.writeTo(savedModel, graph -> KerasModel.useBias(graph, "VarIsInitializedOp"));

        // When
        ImportedModel imported = run();

        // Then
        assertThat(imported.constantWeights()).isFalse();
        assertThat(names(out.resolve("variables"))).containsExactly("variables.data-00000-of-00001", "variables.index");
        assertThat(classify(Color.BLUE).label()).isEqualTo("label 2");
    }

    @Test
    void takesPicturesOfAnySizeWhereTheNetworkDoes() throws Exception {
        // Given
        COLOURS.writeTo(savedModel, graph -> {
            withInput(graph, KerasModel.tensor("serving_default_keras_tensor:0", -1, -1, -1, 3));
            graph.getGraphDefBuilder().getNodeBuilderList().stream()
                    .filter(node -> node.getOp().equals("Placeholder"))
                    .forEach(node -> node.removeAttr("shape"));
        });

        // When
        run(48, MINUS_ONE_TO_ONE, Optional.empty());

        // Then
        assertThat(classify(Color.RED).label()).isEqualTo("label 0");
    }

    @Test
    void writesACardThatSaysWhatIsKnownAndWhatIsNot() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);

        // When
        run();

        // Then
        assertThat(out.resolve("MODEL_CARD.md"))
                .content()
                .contains(
                        "imported from `" + savedModel,
                        "keras_tensor float32 of [-1, 32, 32, 3] to output_0 float32 of [-1, 3]",
                        "values -1..1",
                        "label 0, label 1, label 2",
                        "not calibrated",
                        "--scaling -1..1",
                        "sortline evaluate");
    }

    @Test
    void takesTheWordOfOneWhoKnowsThatScoresAreLogits() throws IOException {
        // Given
        new KerasModel(32, 3, ZERO_TO_ONE, true, Style.KERAS_3).writeTo(savedModel, ModelImportTest::sigmoidAtTheEnd);

        // When
        ImportedModel imported = run(32, ZERO_TO_ONE, Optional.of(NetworkOutput.LOGITS));

        // Then
        assertThat(imported.model().manifest().output()).isEqualTo(NetworkOutput.LOGITS);
    }

    @Test
    void refusesScoresThatAreNeitherLogitsNorProbabilities() throws IOException {
        // Given
        new KerasModel(32, 3, ZERO_TO_ONE, true, Style.KERAS_3).writeTo(savedModel, ModelImportTest::sigmoidAtTheEnd);

        // Then
        assertRefused(32, ZERO_TO_ONE, "answers within 0..1, but with rows that do not sum to 1", "--output logits");
    }

    @ParameterizedTest
    @CsvSource({
        "true, LOGITS, with probabilities, not with logits",
        "false, PROBABILITIES, with logits, not with probabilities"
    })
    void refusesAWordThatTheAnswersContradict(boolean softmax, NetworkOutput claimed, String found, String not)
            throws IOException {
        // Given
        new KerasModel(32, 3, MINUS_ONE_TO_ONE, softmax, Style.KERAS_2).writeTo(savedModel);

        // Then
        assertThatThrownBy(() -> run(32, MINUS_ONE_TO_ONE, Optional.of(claimed)))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining(found)
                .hasMessageContaining(not);
    }

    @Test
    void namesBothNumbersWhenLabelsAndScoresDiffer() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);
        writeLabels(5);

        // Then
        assertRefused("classes.txt has 5 labels, but the network in", "gives 3 scores");
    }

    @Test
    void leavesThePackageThatWasThereWhenAnImportFails() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);
        String before = run().model().manifest().digest();
        COLOURS.writeTo(
                savedModel,
                graph -> KerasModel.useBias(graph, "AssignVariableOp", "dense_bias_resource/ReadVariableOp:value:0"));

        // Then
        assertThatThrownBy(this::run).isInstanceOf(TrainingInputException.class);
        assertThat(ModelPackage.load(out).manifest().digest()).isEqualTo(before);
        assertThat(names(out.getParent())).containsExactly("colours");
    }

    @Test
    void refusesANetworkThatChangesItself() throws IOException {
        // Given
        COLOURS.writeTo(
                savedModel,
                graph -> KerasModel.useBias(graph, "AssignVariableOp", "dense_bias_resource/ReadVariableOp:value:0"));

        // Then
        assertRefused("changes a variable while it answers (dense/AssignVariableOp)", "augmentation");
    }

    @Test
    void namesBothSizesWhenTheyDiffer() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);

        // Then
        assertRefused(
                64,
                MINUS_ONE_TO_ONE,
                "must have a float32 input of [-1, 64, 64, 3], but has float32 of [-1, 32, 32, 3]",
                "the network's input size is 32, but 64 was given");
    }

    @ParameterizedTest(name = "{1} of {0}")
    @CsvSource({
        "'1, 32, 32, 3', DT_FLOAT, open batch",
        "'-1, 3, 32, 32', DT_FLOAT, channels last",
        "'-1, 32, 32, 1', DT_FLOAT, RGB",
        "'-1, 32, 24, 3', DT_FLOAT, square",
        "'-1, 3072', DT_FLOAT, batch of pictures",
        "'-1, 32, 32, 3', DT_UINT8, but has uint8 of [-1; 32; 32; 3]: export it with a float32 input"
    })
    void saysWhatIsWrongWithTheInput(String shape, DataType type, String complaint) throws IOException {
        // Given
        long[] sizes =
                Stream.of(shape.split(", ", -1)).mapToLong(Long::parseLong).toArray();
        COLOURS.writeTo(savedModel, graph -> withInput(graph, KerasModel.addInput(graph, "other", type, sizes)));

        // Then
        assertRefused("must have a float32 input of [-1, 32, 32, 3]", complaint.replace(';', ','));
    }

    @Test
    void saysWhatIsWrongWithTheOutput() throws IOException {
        // Given
        COLOURS.writeTo(
                savedModel,
                graph -> withOutput(graph, KerasModel.addInput(graph, "other", DataType.DT_FLOAT, -1, 1, 1, 3)));

        // Then
        assertRefused("must have a float32 output of [-1, labels], but has float32 of [-1, 1, 1, 3]");
    }

    @Test
    void saysWhatANetworkAnswersWhoseSignatureDoesNotTell() throws IOException {
        // Given
        COLOURS.writeTo(savedModel, graph -> {
            TensorInfo unknown = TensorInfo.newBuilder()
                    .setName(KerasModel.addEcho(graph))
                    .setDtype(DataType.DT_FLOAT)
                    .setTensorShape(TensorShapeProto.newBuilder().setUnknownRank(true))
                    .build();
            withOutput(graph, unknown);
        });

        // Then
        assertRefused("answers [4, 32, 32, 3] for 4 pictures, where [4, labels] is needed");
    }

    @Test
    void listsSeveralInputsAndOutputs() throws IOException {
        // Given
        COLOURS.writeTo(savedModel, graph -> {
            SignatureDef signature = graph.getSignatureDefOrThrow("serving_default");
            graph.putSignatureDef(
                    "serving_default",
                    signature.toBuilder()
                            .putInputs("weight", KerasModel.addInput(graph, "weight", DataType.DT_FLOAT, -1, 1))
                            .build());
        });

        // Then
        assertRefused(
                "must have one input, but serving_default has 2: keras_tensor float32 of [-1, 32, 32, 3], weight float32 of [-1, 1]");
    }

    @Test
    void listsTheSignaturesWhenTheRightOneIsMissing() throws IOException {
        // Given
        COLOURS.writeTo(savedModel, graph -> graph.removeSignatureDef("serving_default"));

        // Then
        assertRefused("has no signature serving_default, only [serve]");
    }

    @Test
    void refusesASavedModelForAnotherUse() throws IOException {
        // Given
        COLOURS.writeTo(
                savedModel, graph -> graph.getMetaInfoDefBuilder().clearTags().addTags("train"));

        // Then
        assertRefused("is no SavedModel that TensorFlow can load", "{ serve }");
    }

    @Test
    void refusesASavedModelThatLostItsWeights() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);
        Files.delete(savedModel.resolve("variables/variables.data-00000-of-00001"));

        // Then
        assertRefused("is no SavedModel that TensorFlow can load", "variables");
    }

    @Test
    void refusesASavedModelThatIsCutOff() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);
        Path file = savedModel.resolve("saved_model.pb");
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

        // Then
        assertRefused("is no SavedModel that TensorFlow can load");
    }

    @Test
    void saysThatASavedModelCannotBeGivenAMeanToTakeOff() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);
        var input = new PictureInput(32, List.of(1f, 1f, 1f), List.of(1f, 1f, 1f));

        // Then
        assertThatThrownBy(() -> ModelImport.run(new ImportRequest(
                        savedModel, labels, input, MINUS_ONE_TO_ONE, out, "colours", "1.0.0", Optional.empty())))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("--mean and --std cannot be put into a SavedModel");
        assertThat(out).doesNotExist();
    }

    @Test
    void asksForASavedModelWhereAnotherFolderIsGiven() throws IOException {
        // Given
        Files.createDirectory(savedModel);

        // Then
        assertRefused("exported has no saved_model.pb", "model.export(\"folder\")");
    }

    @Test
    void saysThatThereIsNothing() {
        // Then
        assertRefused("no model at " + savedModel);
    }

    @Test
    void refusesAPackageOfItsOwn() throws IOException {
        // Given
        COLOURS.writeTo(savedModel);
        run();
        savedModel = out;
        out = out.resolveSibling("again");

        // Then
        assertRefused("is a Sortline model package already");
    }

    private ImportedModel run() throws IOException {
        return run(32, MINUS_ONE_TO_ONE, Optional.empty());
    }

    private ImportedModel run(int size, PixelScaling scaling, Optional<NetworkOutput> output) throws IOException {
        return ModelImport.run(
                new ImportRequest(savedModel, labels, PictureInput.of(size), scaling, out, "colours", "1.0.0", output));
    }

    private void assertRefused(String... complaints) {
        assertRefused(32, MINUS_ONE_TO_ONE, complaints);
    }

    private void assertRefused(int size, PixelScaling scaling, String... complaints) {
        assertThatThrownBy(() -> run(size, scaling, Optional.empty()))
                .message()
                .contains(complaints)
                .doesNotContain("\n");
        assertThat(out).doesNotExist();
    }

    private void writeLabels(int count) throws IOException {
        Files.writeString(
                labels,
                IntStream.range(0, count).mapToObj(i -> "label " + i + "\n").collect(Collectors.joining()));
    }

    private Classification classify(Color colour) throws Exception {
        BufferedImage picture = new BufferedImage(40, 30, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 40 * 30; i++) {
            picture.setRGB(i % 40, i / 40, colour.getRGB());
        }
        ByteArrayOutputStream png = new ByteArrayOutputStream();
        ImageIO.write(picture, "png", png);
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(out));
                DecodedImage image = classifier.decode(png.toByteArray())) {
            return classifier.classify(List.of(image, image)).get(1);
        }
    }

    private static void withInput(MetaGraphDef.Builder graph, TensorInfo input) {
        graph.putSignatureDef(
                "serving_default",
                graph.getSignatureDefOrThrow("serving_default").toBuilder()
                        .putInputs("keras_tensor", input)
                        .build());
    }

    private static void withOutput(MetaGraphDef.Builder graph, TensorInfo output) {
        graph.putSignatureDef(
                "serving_default",
                graph.getSignatureDefOrThrow("serving_default").toBuilder()
                        .putOutputs("output_0", output)
                        .build());
    }

    /** Ends the network in a sigmoid a label, as those for several labels at once do. */
    private static void sigmoidAtTheEnd(MetaGraphDef.Builder graph) {
        graph.getGraphDefBuilder().getLibraryBuilder().getFunctionBuilderList().forEach(function -> {
            if (function.getRetMap().containsValue("Softmax:softmax:0")) {
                function.getNodeDefBuilderList().stream()
                        .filter(node -> node.getName().equals("Softmax"))
                        .forEach(node -> node.setOp("Sigmoid"));
                function.putRet("identity", "Softmax:y:0");
            }
        });
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
