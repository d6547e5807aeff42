// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import com.google.protobuf.CodedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.tensorflow.Graph;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.MetaGraphDef;
import org.tensorflow.proto.SavedModel;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;
import org.tensorflow.types.TFloat32;

/**
 * Writes backbone and head as a SavedModel whose weights are constants, so that TensorFlow can fuse and pre-pack them.
 *
 * <p>Signature {@code serving_default}: {@code images}, float32 {@code [-1, size, size, 3]}, already scaled; {@code logits}, float32
 * {@code [-1, labels]}. The message is written directly, for {@code SavedModelBundle.exporter} insists on variables.
 */
final class FrozenModel {
    private FrozenModel() {}

    /** Writes the file; the same numbers give the same bytes. */
    static void write(Path savedModelFile, PretrainedWeights backbone, ClassifierHead head, int inputSize)
            throws IOException {
        try (Graph graph = new Graph()) {
            Ops tf = Ops.create(graph);
            Operand<TFloat32> images = tf.withName("images")
                    .placeholder(TFloat32.class, Placeholder.shape(Shape.of(-1, inputSize, inputSize, 3)));
            Operand<TFloat32> features = MobileNetV2.features(tf, images, WeightSource.constants(backbone));
            Operand<TFloat32> hidden =
                    tf.nn.relu(dense(tf, "hidden", features, head.hiddenKernel(), head.hiddenBias()));
            tf.withName("logits").identity(dense(tf, "output", hidden, head.kernel(), head.bias()));
            SignatureDef signature = SignatureDef.newBuilder()
                    .setMethodName("tensorflow/serving/predict")
                    .putInputs("images", tensor("images:0", -1, inputSize, inputSize, 3))
                    .putOutputs("logits", tensor("logits:0", -1, head.labels()))
                    .build();
            SavedModel model = SavedModel.newBuilder()
                    .setSavedModelSchemaVersion(1)
                    .addMetaGraphs(MetaGraphDef.newBuilder()
                            .setMetaInfoDef(
                                    MetaGraphDef.MetaInfoDef.newBuilder().addTags("serve"))
                            .setGraphDef(graph.toGraphDef())
                            .putSignatureDef("serving_default", signature))
                    .build();
            try (OutputStream out = Files.newOutputStream(savedModelFile)) {
                CodedOutputStream coded = CodedOutputStream.newInstance(out);
                coded.useDeterministicSerialization();
                model.writeTo(coded);
                coded.flush();
            }
        }
    }

    private static Operand<TFloat32> dense(Ops tf, String name, Operand<TFloat32> x, float[] kernel, float[] bias) {
        Operand<TFloat32> kernelConstant = tf.withName(name + "_kernel")
                .constant(Shape.of(kernel.length / bias.length, bias.length), DataBuffers.of(kernel, true, false));
        Operand<TFloat32> biasConstant =
                tf.withName(name + "_bias").constant(Shape.of(bias.length), DataBuffers.of(bias, true, false));
        return tf.nn.biasAdd(tf.linalg.matMul(x, kernelConstant), biasConstant);
    }

    private static TensorInfo tensor(String name, long... sizes) {
        TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
        for (long size : sizes) {
            shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
        }
        return TensorInfo.newBuilder()
                .setName(name)
                .setDtype(DataType.DT_FLOAT)
                .setTensorShape(shape)
                .build();
    }
}
