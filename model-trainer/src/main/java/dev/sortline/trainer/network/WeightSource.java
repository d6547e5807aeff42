// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import java.util.Map;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Where a network under construction takes its weights from: constants for a frozen graph, variables where they are to be learned. */
@FunctionalInterface
public interface WeightSource {

    /** Adds the weight of this name to the graph. */
    Operand<TFloat32> weight(Ops tf, String name);

    /** Weights that never change, under their names. */
    static WeightSource constants(Map<String, NpyArray> weights) {
        return (tf, name) -> {
            NpyArray array = weights.get(name);
            if (array == null) {
                throw new IllegalArgumentException("there is no weight " + name);
            }
            return tf.withName(name).constant(Shape.of(array.shape()), DataBuffers.of(array.values(), true, false));
        };
    }

    /** A dense layer: {@code x * name_kernel + name_bias}. */
    static Operand<TFloat32> dense(Ops tf, Operand<TFloat32> x, String name, WeightSource weights) {
        return tf.nn.biasAdd(
                tf.linalg.matMul(x, weights.weight(tf, name + Network.KERNEL)), weights.weight(tf, name + "_bias"));
    }
}
