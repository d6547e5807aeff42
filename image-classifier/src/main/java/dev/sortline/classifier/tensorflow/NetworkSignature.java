// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.tensorflow;

import dev.sortline.classifier.model.Familiarity;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/**
 * Where a SavedModel takes its pixels and leaves its answer.
 *
 * @param input the name of the tensor to feed, such as {@code images:0}
 * @param output the name of the tensor to fetch
 * @param familiarity the name of the tensor that tells how familiar each picture is, where there is one
 * @param description all of them with their types and shapes, for people
 */
record NetworkSignature(String input, String output, Optional<String> familiarity, String description) {
    static final String KEY = "serving_default";

    /** TensorFlow's own entries, such as {@code __saved_model_init_op}, are no signatures. */
    private static final String INTERNAL = "__";

    private static final int BATCH = 0;
    private static final int CHANNELS = 3;

    /**
     * Reads the signature {@code serving_default}: one float32 input {@code [-1, size, size, 3]}, of which sizes may be open, and one
     * float32 output {@code [-1, scores]}, whose shape may be unknown; and perhaps a second one, {@value Familiarity#OUTPUT}.
     *
     * @throws IllegalArgumentException says, in a part of a sentence that follows the file's name, what the signature has and what is needed
     */
    static NetworkSignature of(MetaGraphDef graph, int inputSize) {
        Map<String, SignatureDef> signatures = new TreeMap<>(graph.getSignatureDefMap());
        signatures.keySet().removeIf(key -> key.startsWith(INTERNAL));
        SignatureDef signature = signatures.get(KEY);
        if (signature == null) {
            throw new IllegalArgumentException(
                    "has no signature %s, only %s: export it with one, as Keras' model.export does"
                            .formatted(KEY, signatures.keySet()));
        }
        TensorInfo input = only("input", signature.getInputsMap());
        requireInput(input, inputSize);
        Map<String, TensorInfo> outputs = new TreeMap<>(signature.getOutputsMap());
        Optional<TensorInfo> familiarity =
                outputs.size() < 2 ? Optional.empty() : Optional.ofNullable(outputs.remove(Familiarity.OUTPUT));
        TensorInfo output = only("output", outputs);
        requireOutput(output);
        familiarity.ifPresent(NetworkSignature::requireOutput);
        return new NetworkSignature(
                input.getName(),
                output.getName(),
                familiarity.map(TensorInfo::getName),
                "%s: %s to %s".formatted(KEY, text(signature.getInputsMap()), text(signature.getOutputsMap())));
    }

    private static TensorInfo only(String what, Map<String, TensorInfo> tensors) {
        if (tensors.size() != 1) {
            throw new IllegalArgumentException(
                    "must have one %s, but %s has %d: %s; export a network of one picture in and one row of scores out"
                            .formatted(what, KEY, tensors.size(), text(tensors)));
        }
        return tensors.values().iterator().next();
    }

    private static void requireInput(TensorInfo input, int size) {
        List<Long> needed = List.of(-1L, (long) size, (long) size, 3L);
        TensorShapeProto shape = input.getTensorShape();
        boolean fits = input.getDtype() == DataType.DT_FLOAT
                && !shape.getUnknownRank()
                && shape.getDimCount() == needed.size()
                && shape.getDim(BATCH).getSize() == -1;
        for (int i = 1; fits && i < needed.size(); i++) {
            long has = shape.getDim(i).getSize();
            fits = has == -1 || has == needed.get(i);
        }
        if (!fits) {
            throw new IllegalArgumentException("must have a float32 input of %s, but has %s: %s"
                    .formatted(needed, text(input), remedy(input, size)));
        }
    }

    private static String remedy(TensorInfo input, int size) {
        if (input.getDtype() != DataType.DT_FLOAT) {
            return "export it with a float32 input";
        }
        TensorShapeProto shape = input.getTensorShape();
        if (shape.getUnknownRank() || shape.getDimCount() != 4) {
            return "export it with the shape of a batch of pictures";
        }
        long height = shape.getDim(1).getSize();
        long width = shape.getDim(2).getSize();
        if (shape.getDim(CHANNELS).getSize() != 3 && shape.getDim(CHANNELS).getSize() != -1) {
            return height == 3 ? "export it with the channels last" : "export a network for RGB pictures";
        }
        if (height != width) {
            return "export it for square pictures";
        }
        if (height != size && height != -1) {
            return "the network's input size is %d, but %d was given".formatted(height, size);
        }
        return "export it with an open batch (None), for pictures come in batches of any size";
    }

    private static void requireOutput(TensorInfo output) {
        TensorShapeProto shape = output.getTensorShape();
        boolean fits = output.getDtype() == DataType.DT_FLOAT
                && (shape.getUnknownRank()
                        || (shape.getDimCount() == 2 && shape.getDim(BATCH).getSize() == -1));
        if (!fits) {
            throw new IllegalArgumentException(
                    "must have a float32 output of [-1, labels], but has %s: end the network in a row of scores a picture"
                            .formatted(text(output)));
        }
    }

    private static String text(Map<String, TensorInfo> tensors) {
        return new TreeMap<>(tensors)
                .entrySet().stream()
                        .map(tensor -> tensor.getKey() + " " + text(tensor.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static String text(TensorInfo tensor) {
        TensorShapeProto shape = tensor.getTensorShape();
        String type = tensor.getDtype() == DataType.DT_FLOAT
                ? "float32"
                : tensor.getDtype().name().substring("DT_".length()).toLowerCase(Locale.ROOT);
        return type + " of "
                + (shape.getUnknownRank()
                        ? "unknown shape"
                        : shape.getDimList().stream()
                                .map(TensorShapeProto.Dim::getSize)
                                .toList());
    }
}
