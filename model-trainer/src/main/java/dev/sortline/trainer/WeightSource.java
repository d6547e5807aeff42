// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** Where a network under construction takes its weights from: constants for a frozen graph, variables where they are to be learned. */
@FunctionalInterface
interface WeightSource {

    /** Adds the weight of this name to the graph. */
    Operand<TFloat32> weight(Ops tf, String name);

    /** Pretrained weights that never change. */
    static WeightSource constants(PretrainedWeights weights) {
        return (tf, name) -> {
            NpyArray array = weights.tensor(name);
            return tf.withName(name).constant(Shape.of(array.shape()), DataBuffers.of(array.values(), true, false));
        };
    }
}
