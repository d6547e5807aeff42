// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** What is done to each value, or to a row of them, by no more than a name. */
public enum Activation {
    LINEAR,
    RELU,
    RELU6,
    SIGMOID,
    TANH,
    SOFTMAX,
    LOG_SOFTMAX,
    ELU,
    SELU,
    SOFTPLUS,
    SOFTSIGN,
    EXPONENTIAL,
    /** The Gauss error function. */
    ERF,
    /** {@code x * sigmoid(x)}, also called SiLU. */
    SWISH,
    /** {@code relu6(x + 3) / 6}. */
    HARD_SIGMOID,
    /** {@code x * relu6(x + 3) / 6}. */
    HARD_SWISH,
    /** {@code x / 2 * (1 + erf(x / sqrt(2)))}. */
    GELU;

    Operand<TFloat32> of(Ops tf, Operand<TFloat32> x) {
        return switch (this) {
            case LINEAR -> x;
            case RELU -> tf.nn.relu(x);
            case RELU6 -> tf.nn.relu6(x);
            case SIGMOID -> tf.math.sigmoid(x);
            case TANH -> tf.math.tanh(x);
            case SOFTMAX -> tf.nn.softmax(x);
            case LOG_SOFTMAX -> tf.nn.logSoftmax(x);
            case ELU -> tf.nn.elu(x);
            case SELU -> tf.nn.selu(x);
            case SOFTPLUS -> tf.math.softplus(x);
            case SOFTSIGN -> tf.nn.softsign(x);
            case EXPONENTIAL -> tf.math.exp(x);
            case ERF -> tf.math.erf(x);
            case SWISH -> tf.math.mul(x, tf.math.sigmoid(x));
            case HARD_SIGMOID -> hardSigmoid(tf, x);
            case HARD_SWISH -> tf.math.mul(x, hardSigmoid(tf, x));
            case GELU -> {
                Operand<TFloat32> erf = tf.math.erf(tf.math.mul(x, tf.constant((float) Math.sqrt(0.5))));
                yield tf.math.mul(tf.math.mul(x, tf.constant(0.5f)), tf.math.add(tf.constant(1f), erf));
            }
        };
    }

    private static Operand<TFloat32> hardSigmoid(Ops tf, Operand<TFloat32> x) {
        return tf.math.mul(tf.nn.relu6(tf.math.add(x, tf.constant(3f))), tf.constant(1 / 6f));
    }
}
