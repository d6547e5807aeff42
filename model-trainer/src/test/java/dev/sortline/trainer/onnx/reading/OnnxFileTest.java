// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnx.proto.OnnxMl.AttributeProto;
import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.NodeProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TensorShapeProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.PictureInput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OnnxFileTest {
    private static final int SIZE = 16;

    @TempDir
    private Path folder;

    private final GraphProto.Builder graph = GraphProto.newBuilder();

    @Test
    void takesPicturesWithChannelsLastThatAreTurnedInside() throws IOException {
        // Given
        graph.addInput(value("images", -1, SIZE, SIZE, 3)).addOutput(value("scores", -1, 3));
        node("Transpose", "first", List.of("images"), numbers("perm", 0, 3, 1, 2));
        node("GlobalAveragePool", "mean", List.of("first"));
        node("Flatten", "scores", List.of("mean"));

        // When
        float[] answer = answerToRedPicture();

        // Then
        assertThat(answer).containsExactly(new float[] {1, 0, 0}, within(1e-6f));
    }

    @Test
    void opensABatchThatTheExportHasFixedAndReckonsWithShapes() throws IOException {
        // Given: x.view(x.size(0), -1)
        graph.addInput(value("images", 1, 3, SIZE, SIZE)).addOutput(value("scores", 1, 3));
        graph.addInitializer(integers("zero", 0)).addInitializer(integers("rest", -1));
        node("GlobalAveragePool", "mean", List.of("images"));
        node("Shape", "shape", List.of("mean"));
        node("Gather", "batch", List.of("shape", "zero"));
        node("Concat", "sizes", List.of("batch", "rest"), numbers("axis", 0));
        node("Reshape", "scores", List.of("mean", "sizes"));

        // When
        float[] answer = answerToRedPicture();

        // Then
        assertThat(answer).containsExactly(new float[] {1, 0, 0}, within(1e-6f));
    }

    @Test
    void listsSeveralInputsAndOutputs() throws IOException {
        // Given
        graph.addInput(value("images", -1, 3, SIZE, SIZE))
                .addInput(value("weight", -1, 1))
                .addOutput(value("scores", -1, 3));
        node("GlobalAveragePool", "scores", List.of("images"));

        // Then
        assertRefused("must have one input, but has 2: images, weight; export");
        graph.removeInput(1).addOutput(value("boxes", -1, 4));
        assertRefused("must have one output, but has 2: scores, boxes; export");
    }

    @Test
    void namesTheOperationThatIsNotKnown() throws IOException {
        // Given
        graph.addInput(value("images", -1, 3, SIZE, SIZE)).addOutput(value("scores", -1, 3));
        node("LayerNormalization", "norm", List.of("images"));

        // Then
        assertRefused("has a layer that is not known here: LayerNormalization (norm)");
    }

    @Test
    void namesTheOperationThatIsKnownButNotSo() throws IOException {
        // Given
        graph.addInput(value("images", -1, 3, SIZE, SIZE)).addOutput(value("scores", -1, 3));
        node("Softmax", "odd", List.of("images"), number("axis", 2));

        // Then
        assertRefused("has a layer Softmax (odd) that has another axis than the labels'");
    }

    @Test
    void refusesPicturesOfAnotherType() throws IOException {
        // Given
        ValueInfoProto.Builder input = value("images", -1, 3, SIZE, SIZE).toBuilder();
        input.getTypeBuilder().getTensorTypeBuilder().setElemType(TensorProto.DataType.UINT8.getNumber());
        graph.addInput(input).addOutput(value("scores", -1, 3));
        node("GlobalAveragePool", "scores", List.of("images"));

        // Then
        assertRefused("must have a float32 input, but images is UINT8: export it so");
    }

    @Test
    void saysWhereItsWeightsShouldLie() throws IOException {
        // Given
        graph.addInput(value("images", -1, 3, SIZE, SIZE)).addOutput(value("scores", -1, 3));
        graph.addInitializer(external("network.onnx.data"));
        node("Conv", "scores", List.of("images", "kernel"));

        // Then
        assertRefused("has its weights in a file network.onnx.data, which is not beside it");
        graph.setInitializer(0, external("../network.onnx.data"));
        assertRefused("has weights in another folder, ../network.onnx.data");
    }

    @Test
    void refusesAMessageWithoutANetwork() throws IOException {
        // Then
        assertRefused("is no ONNX, or has no network in it");
    }

    private float[] answerToRedPicture() throws IOException {
        Path savedModel = Files.createDirectory(folder.resolve("saved"));
        OnnxFile.write(written(), PictureInput.of(SIZE), savedModel);
        float[] red = new float[SIZE * SIZE * 3];
        for (int i = 0; i < red.length; i += 3) {
            red[i] = 1;
        }
        try (var network = SavedNetwork.open(savedModel, SIZE)) {
            float[] two = Arrays.copyOf(red, 2 * red.length);
            System.arraycopy(red, 0, two, red.length, red.length);
            return network.scores(two)[1];
        }
    }

    private void assertRefused(String complaint) throws IOException {
        Path file = written();
        assertThatThrownBy(() -> OnnxFile.write(file, PictureInput.of(SIZE), folder))
                .isInstanceOf(ForeignNetworkException.class)
                .hasMessageStartingWith(complaint);
    }

    private Path written() throws IOException {
        ModelProto model =
                ModelProto.newBuilder().setIrVersion(8).setGraph(graph).build();
        return Files.write(folder.resolve("network.onnx"), model.toByteArray());
    }

    private void node(String kind, String name, List<String> inputs, AttributeProto... attributes) {
        graph.addNode(NodeProto.newBuilder()
                .setOpType(kind)
                .addAllInput(inputs)
                .addOutput(name)
                .addAllAttribute(List.of(attributes)));
    }

    private static AttributeProto numbers(String name, long... values) {
        return AttributeProto.newBuilder()
                .setName(name)
                .addAllInts(LongStream.of(values).boxed().toList())
                .build();
    }

    private static AttributeProto number(String name, long value) {
        return AttributeProto.newBuilder().setName(name).setI(value).build();
    }

    private static TensorProto integers(String name, long... values) {
        return TensorProto.newBuilder()
                .setName(name)
                .setDataType(TensorProto.DataType.INT64.getNumber())
                .addDims(values.length)
                .addAllInt64Data(LongStream.of(values).boxed().toList())
                .build();
    }

    private static TensorProto external(String location) {
        return TensorProto.newBuilder()
                .setName("kernel")
                .setDataType(TensorProto.DataType.FLOAT.getNumber())
                .addAllDims(List.of(3L, 3L, 1L, 1L))
                .setDataLocation(TensorProto.DataLocation.EXTERNAL)
                .addExternalData(
                        StringStringEntryProto.newBuilder().setKey("location").setValue(location))
                .build();
    }

    private static ValueInfoProto value(String name, long... sizes) {
        List<TensorShapeProto.Dimension> dimensions = new ArrayList<>();
        for (long size : sizes) {
            dimensions.add(
                    size < 0
                            ? TensorShapeProto.Dimension.newBuilder()
                                    .setDimParam("n")
                                    .build()
                            : TensorShapeProto.Dimension.newBuilder()
                                    .setDimValue(size)
                                    .build());
        }
        return ValueInfoProto.newBuilder()
                .setName(name)
                .setType(TypeProto.newBuilder()
                        .setTensorType(TypeProto.Tensor.newBuilder()
                                .setElemType(TensorProto.DataType.FLOAT.getNumber())
                                .setShape(TensorShapeProto.newBuilder().addAllDim(dimensions))))
                .build();
    }
}
