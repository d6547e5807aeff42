// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import java.util.List;
import java.util.Map;
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
 */
record NetworkSignature(String input, String output) {
    private static final String KEY = "serving_default";

    /**
     * Reads the signature {@code serving_default} and holds it against the package.
     *
     * @throws ModelPackageException says what the signature has and what is needed
     */
    static NetworkSignature of(ModelPackage model, MetaGraphDef graph) {
        Map<String, SignatureDef> signatures = graph.getSignatureDefMap();
        SignatureDef signature = signatures.get(KEY);
        if (signature == null) {
            throw misfit(model, "has no signature " + KEY + ", only " + signatures.keySet());
        }
        int size = model.manifest().inputSize();
        TensorInfo input = only(model, "input", signature.getInputsMap());
        requireShape(model, "input", input, List.of(-1L, (long) size, (long) size, 3L));
        TensorInfo output = only(model, "output", signature.getOutputsMap());
        requireShape(model, "output", output, List.of(-1L, (long) model.labels().size()));
        return new NetworkSignature(input.getName(), output.getName());
    }

    private static TensorInfo only(ModelPackage model, String what, Map<String, TensorInfo> tensors) {
        if (tensors.size() != 1) {
            throw misfit(model, "must have one %s, but has %s".formatted(what, tensors.keySet()));
        }
        return tensors.values().iterator().next();
    }

    private static void requireShape(ModelPackage model, String what, TensorInfo tensor, List<Long> needed) {
        TensorShapeProto shape = tensor.getTensorShape();
        boolean fits = tensor.getDtype() == DataType.DT_FLOAT
                && !shape.getUnknownRank()
                && shape.getDimCount() == needed.size()
                && shape.getDim(0).getSize() == -1;
        for (int i = 1; fits && i < needed.size(); i++) {
            long has = shape.getDim(i).getSize();
            fits = has == -1 || has == needed.get(i);
        }
        if (!fits) {
            throw misfit(
                    model,
                    "must have a float32 %s of %s, but has %s of %s"
                            .formatted(what, needed, tensor.getDtype(), text(shape)));
        }
    }

    private static String text(TensorShapeProto shape) {
        return shape.getUnknownRank()
                ? "unknown rank"
                : shape.getDimList().stream()
                        .map(TensorShapeProto.Dim::getSize)
                        .collect(Collectors.toList())
                        .toString();
    }

    private static ModelPackageException misfit(ModelPackage model, String what) {
        return new ModelPackageException("%s %s; correct %s, %s or export the SavedModel again"
                .formatted(
                        model.folder().resolve(ModelPackage.SAVED_MODEL_FILE),
                        what,
                        ModelPackage.MANIFEST_FILE,
                        ModelPackage.LABELS_FILE));
    }
}
