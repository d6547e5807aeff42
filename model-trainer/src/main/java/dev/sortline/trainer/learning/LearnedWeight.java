// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import java.util.List;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Op;
import org.tensorflow.op.Ops;
import org.tensorflow.op.core.Placeholder;
import org.tensorflow.op.core.Variable;
import org.tensorflow.types.TFloat32;

/**
 * A weight in a graph and what is remembered of it.
 *
 * @param name the weight's name
 * @param weight its value
 * @param average the moving average of its values, which is what is served
 * @param mean Adam's first moment
 * @param variance Adam's second moment
 */
record LearnedWeight(String name, Cell weight, Cell average, Cell mean, Cell variance) {

    static LearnedWeight of(Ops tf, String name, Shape shape) {
        return new LearnedWeight(name, Cell.of(tf, shape), Cell.of(tf, shape), Cell.of(tf, shape), Cell.of(tf, shape));
    }

    List<Cell> cells() {
        return List.of(weight, average, mean, variance);
    }

    /** A variable and how to give it a value. */
    record Cell(Variable<TFloat32> variable, Placeholder<TFloat32> value, Op assign) {
        static Cell of(Ops tf, Shape shape) {
            Variable<TFloat32> variable = tf.variable(shape, TFloat32.class);
            Placeholder<TFloat32> value = tf.placeholder(TFloat32.class, Placeholder.shape(shape));
            return new Cell(variable, value, tf.assign(variable, value));
        }

        Shape shape() {
            return variable.shape();
        }

        int size() {
            return Math.toIntExact(shape().size());
        }
    }
}
