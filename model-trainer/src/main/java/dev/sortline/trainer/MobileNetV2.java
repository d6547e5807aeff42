// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.util.Arrays;
import java.util.List;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/**
 * MobileNetV2 without its classifier (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018), batch normalisation
 * folded into kernels and biases.
 *
 * <p>{@code stem} (3x3, stride 2), seventeen blocks {@code b0} to {@code b16} of {@code _expand} (1x1; not in {@code b0}), {@code _dw} (3x3
 * depthwise) and {@code _project} (1x1, linear), then {@code head} (1x1) and the mean over space. ReLU6 after all but {@code _project},
 * {@code SAME} padding, and a block's input added to its output where both have the same shape. How wide the network is, its weights
 * say.
 */
final class MobileNetV2 {
    static final String ARCHITECTURE = "mobilenet-v2";

    private static final int BLOCKS = 17;
    private static final List<Integer> HALVING_BLOCKS = List.of(1, 3, 6, 13);
    private static final String PADDING = "SAME";

    private MobileNetV2() {}

    /**
     * Adds the network to a graph.
     *
     * @param images float32 {@code [n, size, size, 3]}, RGB, -1..1
     * @return float32 {@code [n, featureWidth]}
     */
    static Operand<TFloat32> features(Ops tf, Operand<TFloat32> images, WeightSource weights) {
        Operand<TFloat32> x = tf.nn.relu6(convolution(tf, images, "stem", 2, weights));
        for (int i = 0; i < BLOCKS; i++) {
            x = block(tf, x, i, weights);
        }
        x = tf.nn.relu6(convolution(tf, x, "head", 1, weights));
        return tf.withName("features").math.mean(x, tf.constant(new int[] {1, 2}), Mean.keepDims(false));
    }

    /** How many features an image has: 1280 at width 1.0. */
    static int featureWidth(PretrainedWeights weights) {
        return Math.toIntExact(weights.tensor("head_bias").shape()[0]);
    }

    /**
     * Holds weights against the network, channel by channel, before a graph is built of them.
     *
     * @throws TrainingInputException names the tensor that is missing or does not fit
     */
    static void requireFitting(PretrainedWeights weights) {
        long channels = requireConvolution(weights, "stem", 3, 3);
        for (int i = 0; i < BLOCKS; i++) {
            if (i > 0) {
                channels = requireConvolution(weights, "b" + i + "_expand", 1, channels);
            }
            requireShape(weights, "b" + i + "_dw_kernel", 3, 3, channels, 1);
            requireShape(weights, "b" + i + "_dw_bias", channels);
            channels = requireConvolution(weights, "b" + i + "_project", 1, channels);
        }
        requireConvolution(weights, "head", 1, channels);
    }

    private static Operand<TFloat32> block(Ops tf, Operand<TFloat32> input, int index, WeightSource weights) {
        String name = "b" + index;
        long stride = HALVING_BLOCKS.contains(index) ? 2 : 1;
        Operand<TFloat32> x = input;
        if (index > 0) {
            x = tf.nn.relu6(convolution(tf, x, name + "_expand", 1, weights));
        }
        Operand<TFloat32> depthwise = tf.nn.depthwiseConv2dNative(
                x, weights.weight(tf, name + "_dw_kernel"), List.of(1L, stride, stride, 1L), PADDING);
        x = tf.nn.relu6(tf.nn.biasAdd(depthwise, weights.weight(tf, name + "_dw_bias")));
        x = convolution(tf, x, name + "_project", 1, weights);
        return stride == 1 && channels(x) == channels(input) ? tf.math.add(x, input) : x;
    }

    private static Operand<TFloat32> convolution(
            Ops tf, Operand<TFloat32> x, String name, long stride, WeightSource weights) {
        Operand<TFloat32> convolved = tf.nn.conv2d(
                x,
                weights.weight(tf, name + "_kernel"),
                List.of(1L, stride, stride, 1L),
                PADDING,
                new Conv2d.Options[0]);
        return tf.nn.biasAdd(convolved, weights.weight(tf, name + "_bias"));
    }

    private static long channels(Operand<TFloat32> x) {
        Shape shape = x.shape();
        return shape.get(shape.numDimensions() - 1);
    }

    private static long requireConvolution(PretrainedWeights weights, String name, long side, long inputs) {
        long[] kernel = weights.tensor(name + "_kernel").shape();
        long outputs = kernel.length == 4 ? kernel[3] : -1;
        requireShape(weights, name + "_kernel", side, side, inputs, outputs);
        requireShape(weights, name + "_bias", outputs);
        return outputs;
    }

    private static void requireShape(PretrainedWeights weights, String name, long... needed) {
        long[] has = weights.tensor(name).shape();
        if (!Arrays.equals(has, needed)) {
            throw new TrainingInputException("the weights are not MobileNetV2's: %s is %s, needed is %s"
                    .formatted(name, Arrays.toString(has), Arrays.toString(needed)));
        }
    }
}
