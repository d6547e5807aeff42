// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite;

import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.PictureInput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A network for TensorFlow Lite, in float32, float16 or eight bits, with one input {@code [1, size, size, 3]} and one output
 * {@code [1, labels]}. Weights of fewer bits become float32 as they are; what the network rounds between its layers is not rounded.
 */
public final class TfliteFile {
    private static final int CODES = 1;
    private static final int GRAPHS = 2;
    private static final int BUFFERS = 4;
    private static final int TENSORS = 0;
    private static final int INPUTS = 1;
    private static final int OUTPUTS = 2;
    private static final int OPERATORS = 3;
    private static final Set<Integer> OF_PICTURES = Set.of(TfliteTensor.FLOAT32, TfliteTensor.UINT8, TfliteTensor.INT8);

    private TfliteFile() {}

    /**
     * Writes it as a SavedModel.
     *
     * @param folder is there and empty
     * @throws ForeignNetworkException if it is none, is cut off, or has what is not known here
     * @throws IOException if the disk fails
     */
    public static void write(Path file, PictureInput pictures, Path folder) throws IOException {
        try {
            write(ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN), pictures, folder);
        } catch (IndexOutOfBoundsException | IllegalArgumentException | ArithmeticException e) {
            throw new ForeignNetworkException("is cut off or damaged", e);
        }
    }

    private static void write(ByteBuffer file, PictureInput pictures, Path folder) throws IOException {
        FlatTable model = FlatTable.root(file);
        FlatTable network = model.tables(GRAPHS).get(0);
        List<FlatTable> buffers = model.tables(BUFFERS);
        List<TfliteTensor> tensors = network.tables(TENSORS).stream()
                .map(tensor -> new TfliteTensor(tensor, content(file, buffers.get(tensor.integer(2, 0)))))
                .toList();
        int input = only("input", network.integers(INPUTS), tensors);
        int output = only("output", network.integers(OUTPUTS), tensors);
        if (!OF_PICTURES.contains(tensors.get(input).type())) {
            throw new ForeignNetworkException("must have an input of float32, uint8 or int8");
        }
        try (LayerGraph graph = LayerGraph.of(tensors.get(input).shape(), pictures)) {
            var translation = new TfliteTranslation(graph, tensors, model.tables(CODES));
            graph.write(folder, translation.of(network.tables(OPERATORS), input, output));
        }
    }

    /** In the buffer itself, or, in large files, behind everything. */
    private static ByteBuffer content(ByteBuffer file, FlatTable buffer) {
        long offset = buffer.longInteger(1);
        return offset > 1
                ? file.slice(Math.toIntExact(offset), Math.toIntExact(buffer.longInteger(2)))
                        .order(ByteOrder.LITTLE_ENDIAN)
                : buffer.octets(0);
    }

    private static int only(String what, int[] indices, List<TfliteTensor> tensors) {
        if (indices.length != 1) {
            throw new ForeignNetworkException(
                    "must have one %s, but has %d: %s; a network that finds where things are cannot be used"
                            .formatted(
                                    what,
                                    indices.length,
                                    Arrays.stream(indices)
                                            .mapToObj(
                                                    index -> tensors.get(index).name())
                                            .collect(Collectors.joining(", "))));
        }
        return indices[0];
    }
}
