// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.tensorflow.Operand;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.op.Ops;
import org.tensorflow.op.math.Mean;
import org.tensorflow.op.nn.Conv2d;
import org.tensorflow.types.TFloat32;

/**
 * MobileNetV2 (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018), batch normalisation folded into kernels and
 * biases.
 *
 * <p>{@code stem} (3x3, stride 2), seventeen blocks {@code b0} to {@code b16} of {@code _expand} (1x1; not in {@code b0}), {@code _dw} (3x3
 * depthwise) and {@code _project} (1x1, linear), {@code head} (1x1), the mean over space, and {@code classifier}. ReLU6 after all but
 * {@code _project}, {@code SAME} padding, and a block's input added to its output where both have the same shape.
 */
public final class MobileNetV2 implements Network {
    private static final int BLOCKS = 17;
    private static final List<Integer> HALVING_BLOCKS = List.of(1, 3, 6, 13);
    /** Channels of each block's output at width 1. */
    private static final int[] OUTPUTS = {16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160, 320};

    private static final int STEM = 32;
    private static final int EXPANSION = 6;
    private static final int FEATURES = 1280;
    private static final String PADDING = "SAME";

    private final String description;
    private final int features;
    private final Map<String, NpyArray> weights;

    private MobileNetV2(String description, long features, Map<String, NpyArray> weights) {
        this.description = description;
        this.features = Math.toIntExact(features);
        this.weights = weights;
    }

    /**
     * The network of some weights, as wide as they are, with a new classifier.
     *
     * @throws TrainingInputException names the tensor that is missing or does not fit
     */
    public static MobileNetV2 from(PretrainedWeights base, int labels, long seed) {
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        long channels = convolution(weights, base, "stem", 3, 3);
        for (int i = 0; i < BLOCKS; i++) {
            if (i > 0) {
                channels = convolution(weights, base, "b" + i + "_expand", 1, channels);
            }
            take(weights, base, "b" + i + "_dw" + KERNEL, 3, 3, channels, 1);
            take(weights, base, "b" + i + "_dw_bias", channels);
            channels = convolution(weights, base, "b" + i + "_project", 1, channels);
        }
        long features = convolution(weights, base, "head", 1, channels);
        addClassifier(weights, features, labels, new SplittableRandom(seed));
        return new MobileNetV2("MobileNetV2 with the weights `%s`".formatted(base.name()), features, weights);
    }

    /**
     * The network with weights by chance. Blocks that are added to their input begin weak, for there is no batch normalisation to keep the
     * sum from growing (Zhang et al., "Fixup Initialization", 2019).
     *
     * @param width what numbers of channels are multiplied by, as in the paper: rounded to multiples of 8, the features never below 1280
     */
    public static MobileNetV2 ofWidth(double width, int labels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        long channels = channels(STEM * width);
        weights.put("stem" + KERNEL, NpyArray.random(random, 27, 3, 3, 3, channels));
        weights.put("stem_bias", NpyArray.zeros(channels));
        for (int i = 0; i < BLOCKS; i++) {
            String name = "b" + i;
            long outputs = channels(OUTPUTS[i] * width);
            long inner = i == 0 ? channels : channels * EXPANSION;
            if (i > 0) {
                weights.put(name + "_expand" + KERNEL, NpyArray.random(random, channels, 1, 1, channels, inner));
                weights.put(name + "_expand_bias", NpyArray.zeros(inner));
            }
            weights.put(name + "_dw" + KERNEL, NpyArray.random(random, 9, 3, 3, inner, 1));
            weights.put(name + "_dw_bias", NpyArray.zeros(inner));
            boolean added = outputs == channels && !HALVING_BLOCKS.contains(i);
            weights.put(
                    name + "_project" + KERNEL,
                    NpyArray.random(random, (added ? BLOCKS : 1) * inner, 1, 1, inner, outputs));
            weights.put(name + "_project_bias", NpyArray.zeros(outputs));
            channels = outputs;
        }
        long features = Math.max(FEATURES, channels(FEATURES * width));
        weights.put("head" + KERNEL, NpyArray.random(random, channels, 1, 1, channels, features));
        weights.put("head_bias", NpyArray.zeros(features));
        addClassifier(weights, features, labels, random);
        return new MobileNetV2(
                String.format(Locale.ROOT, "MobileNetV2 of width %s from scratch", width), features, weights);
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public PixelScaling scaling() {
        return PixelScaling.MINUS_ONE_TO_ONE;
    }

    @Override
    public Map<String, NpyArray> initialWeights() {
        return Collections.unmodifiableMap(weights);
    }

    /** The stem is 0, block {@code i} is {@code i + 1}, then {@code head}, then the classifier. */
    @Override
    public int layer(String weight) {
        String name = weight.substring(0, weight.indexOf('_'));
        return switch (name) {
            case "stem" -> 0;
            case "head" -> BLOCKS + 1;
            case "classifier" -> BLOCKS + 2;
            default -> Integer.parseInt(name.substring(1)) + 1;
        };
    }

    @Override
    public int lastLayer() {
        return BLOCKS + 2;
    }

    @Override
    public int features() {
        return features;
    }

    @Override
    public Operand<TFloat32> logits(
            Ops tf, Operand<TFloat32> images, WeightSource source, UnaryOperator<Operand<TFloat32>> thinning) {
        Operand<TFloat32> x = tf.nn.relu6(convolution(tf, images, "stem", 2, source));
        for (int i = 0; i < BLOCKS; i++) {
            x = block(tf, x, i, source);
        }
        x = tf.nn.relu6(convolution(tf, x, "head", 1, source));
        Operand<TFloat32> features = tf.math.mean(x, tf.constant(new int[] {1, 2}), Mean.keepDims(false));
        return WeightSource.dense(tf, thinning.apply(features), "classifier", source);
    }

    /** A multiple of 8, at least 8, and no more than a tenth below: the rule of the network's authors. */
    private static long channels(double wanted) {
        long rounded = Math.max(8, Math.round(wanted / 8) * 8);
        return rounded < 0.9 * wanted ? rounded + 8 : rounded;
    }

    private static void addClassifier(
            Map<String, NpyArray> weights, long features, int labels, RandomGenerator random) {
        weights.put("classifier" + KERNEL, NpyArray.random(random, 2 * features, features, labels));
        weights.put("classifier_bias", NpyArray.zeros(labels));
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

    /** Takes a convolution over and says how many channels it has. */
    private static long convolution(
            Map<String, NpyArray> weights, PretrainedWeights base, String name, long side, long inputs) {
        long[] kernel = base.tensor(name + KERNEL).shape();
        long outputs = kernel.length == 4 ? kernel[3] : -1;
        take(weights, base, name + KERNEL, side, side, inputs, outputs);
        take(weights, base, name + "_bias", outputs);
        return outputs;
    }

    private static void take(Map<String, NpyArray> weights, PretrainedWeights base, String name, long... needed) {
        NpyArray tensor = base.tensor(name);
        if (!Arrays.equals(tensor.shape(), needed)) {
            throw new TrainingInputException("the weights are not MobileNetV2's: %s is %s, needed is %s"
                    .formatted(name, Arrays.toString(tensor.shape()), Arrays.toString(needed)));
        }
        weights.put(name, tensor);
    }
}
