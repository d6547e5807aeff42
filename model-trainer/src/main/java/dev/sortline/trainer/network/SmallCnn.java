// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.PixelScaling;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/**
 * The base line that many student systems use: three 3x3 convolutions of 32, 64 and 128 channels, ReLU and 2x2 max pooling after each, a
 * dense layer of 128, dropout, and the classifier. {@code VALID} padding, as Keras does by default. Trained from scratch.
 */
public final class SmallCnn implements Network {
    private static final int[] CHANNELS = {32, 64, 128};
    private static final int HIDDEN = 128;

    private final int inputSize;
    private final int labels;
    private final long seed;

    /**
     * The network with weights by chance.
     *
     * @param inputSize width and height of the input in pixels, at least 32
     * @param labels how many there are
     * @param seed of the weights
     */
    public SmallCnn(int inputSize, int labels, long seed) {
        this.inputSize = inputSize;
        this.labels = labels;
        this.seed = seed;
    }

    @Override
    public String description() {
        return "a small CNN from scratch: 3x3 convolutions of 32, 64 and 128 channels with 2x2 max pooling, a dense layer of 128";
    }

    @Override
    public PixelScaling scaling() {
        return PixelScaling.ZERO_TO_ONE;
    }

    @Override
    public Map<String, NpyArray> initialWeights() {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        int inputs = 3;
        for (int i = 0; i < CHANNELS.length; i++) {
            weights.put("c" + i + KERNEL, NpyArray.random(random, 9L * inputs, 3, 3, inputs, CHANNELS[i]));
            weights.put("c" + i + "_bias", NpyArray.zeros(CHANNELS[i]));
            inputs = CHANNELS[i];
        }
        weights.put("hidden" + KERNEL, NpyArray.random(random, flattened(), flattened(), HIDDEN));
        weights.put("hidden_bias", NpyArray.zeros(HIDDEN));
        weights.put("classifier" + KERNEL, NpyArray.random(random, 2 * HIDDEN, HIDDEN, labels));
        weights.put("classifier_bias", NpyArray.zeros(labels));
        return weights;
    }

    @Override
    public int layer(String weight) {
        return switch (weight.substring(0, weight.lastIndexOf('_'))) {
            case "classifier" -> lastLayer();
            case "hidden" -> CHANNELS.length;
            default -> weight.charAt(1) - '0';
        };
    }

    @Override
    public int lastLayer() {
        return CHANNELS.length + 1;
    }

    @Override
    public boolean takesAnySize() {
        return false;
    }

    @Override
    public int features() {
        return HIDDEN;
    }

    @Override
    public Operand<TFloat32> logits(
            Ops tf, Operand<TFloat32> images, WeightSource weights, UnaryOperator<Operand<TFloat32>> thinning) {
        Operand<TFloat32> x = images;
        for (int i = 0; i < CHANNELS.length; i++) {
            Operand<TFloat32> convolved =
                    tf.nn.conv2d(x, weights.weight(tf, "c" + i + KERNEL), List.of(1L, 1L, 1L, 1L), "VALID");
            x = tf.nn.relu(tf.nn.biasAdd(convolved, weights.weight(tf, "c" + i + "_bias")));
            x = tf.nn.maxPool(x, tf.constant(new int[] {1, 2, 2, 1}), tf.constant(new int[] {1, 2, 2, 1}), "VALID");
        }
        Operand<TFloat32> flat = tf.reshape(x, tf.constant(new int[] {-1, flattened()}));
        Operand<TFloat32> hidden = tf.nn.relu(WeightSource.dense(tf, flat, "hidden", weights));
        return WeightSource.dense(tf, thinning.apply(hidden), "classifier", weights);
    }

    /** Shape after the last pooling, as one number: each convolution takes a pixel from each edge, each pooling halves. */
    private int flattened() {
        int side = inputSize;
        for (int i = 0; i < CHANNELS.length; i++) {
            side = (side - 2) / 2;
        }
        return side * side * CHANNELS[CHANNELS.length - 1];
    }
}
