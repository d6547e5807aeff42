// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.ModelProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import ai.onnx.proto.OnnxMl.TypeProto;
import ai.onnx.proto.OnnxMl.ValueInfoProto;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.PictureInput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network in ONNX, as PyTorch exports it: one float32 input {@code [batch, 3, size, size]} or {@code [batch, size, size, 3]}, one output
 * {@code [batch, labels]}. A batch that the export has fixed is opened. Weights may lie in a file beside it.
 */
public final class OnnxFile {
    private static final int FLOAT = TensorProto.DataType.FLOAT.getNumber();
    private static final int CHANNELS = 3;

    private OnnxFile() {}

    /**
     * Writes it as a SavedModel.
     *
     * @param folder is there and empty
     * @throws ForeignNetworkException if it is no ONNX, is cut off, or has what is not known here
     * @throws IOException if the disk fails
     */
    public static void write(Path file, PictureInput pictures, Path folder) throws IOException {
        GraphProto network = read(file).getGraph();
        ValueInfoProto input = input(network);
        ValueInfoProto output = only("output", network.getOutputList());
        long[] declared = shape(input);
        boolean channelsFirst = declared.length == 4 && declared[1] == CHANNELS;
        long[] channelsLast =
                channelsFirst ? new long[] {declared[0], declared[2], declared[3], declared[1]} : declared;
        try (LayerGraph graph = LayerGraph.of(channelsLast, pictures)) {
            var translation = new OnnxTranslation(
                    graph, new OnnxConstants(network, file.toAbsolutePath().getParent()), declared[0]);
            graph.write(folder, translation.of(network, input.getName(), channelsFirst, output.getName()));
        } catch (IllegalArgumentException | ArithmeticException | IndexOutOfBoundsException e) {
            throw new ForeignNetworkException("has a network that does not fit together: " + e.getMessage(), e);
        }
    }

    private static ModelProto read(Path file) throws IOException {
        ModelProto model;
        try (InputStream in = Files.newInputStream(file)) {
            model = ModelProto.parseFrom(in);
        } catch (InvalidProtocolBufferException e) {
            throw new ForeignNetworkException("is no ONNX, or is cut off or damaged", e);
        }
        if (model.getGraph().getNodeCount() == 0) {
            throw new ForeignNetworkException("is no ONNX, or has no network in it");
        }
        return model;
    }

    /** Older files list the weights among the inputs. */
    private static ValueInfoProto input(GraphProto network) {
        Set<String> weights =
                network.getInitializerList().stream().map(TensorProto::getName).collect(Collectors.toSet());
        ValueInfoProto input = only(
                "input",
                network.getInputList().stream()
                        .filter(value -> !weights.contains(value.getName()))
                        .toList());
        int type = input.getType().getTensorType().getElemType();
        if (type != FLOAT) {
            throw new ForeignNetworkException("must have a float32 input, but %s is %s: export it so"
                    .formatted(input.getName(), TensorProto.DataType.forNumber(type)));
        }
        return input;
    }

    private static ValueInfoProto only(String what, List<ValueInfoProto> values) {
        if (values.size() != 1) {
            throw new ForeignNetworkException(
                    "must have one %s, but has %d: %s; export a network of one picture in and one row of scores out"
                            .formatted(
                                    what,
                                    values.size(),
                                    values.stream().map(ValueInfoProto::getName).collect(Collectors.joining(", "))));
        }
        return values.get(0);
    }

    private static long[] shape(ValueInfoProto value) {
        TypeProto.Tensor type = value.getType().getTensorType();
        return type.getShape().getDimList().stream()
                .mapToLong(size -> size.hasDimValue() ? size.getDimValue() : -1)
                .toArray();
    }
}
