// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
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
 * A network of inverted residual blocks (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018), batch normalisation
 * folded into kernels and biases.
 *
 * <p>{@code stem} (3x3, stride 2), blocks {@code b0}, {@code b1} and so on of {@code _expand} (1x1, not in all), {@code _dw} (depthwise) and
 * {@code _project} (1x1, linear), {@code head} (1x1), the mean over space, and {@code classifier}. ReLU6 after all but {@code _project},
 * {@code SAME} padding, and a block's input added to its output where both have the same shape.
 */
final class InvertedResiduals implements Network {
    private static final String PADDING = "SAME";

    private final String description;
    private final List<Block> blocks;
    private final Rescaling rescaling;
    private final Map<String, NpyArray> weights;

    /**
     * What is fixed of a block; its channels follow from the weights.
     *
     * @param kernel side of its depthwise kernel
     * @param stride of that, 1 or 2
     * @param expanded whether it begins with {@code _expand}
     */
    record Block(int kernel, int stride, boolean expanded) {}

    /** What the network itself makes of pixels in -1..1 before its first layer: {@code pixel * multiplier + offset}. */
    record Rescaling(float multiplier, float offset) {
        static final Rescaling NONE = new Rescaling(1, 0);
    }

    /**
     * The network of these weights.
     *
     * @param description as of {@link Network#description}
     * @param weights all of them, from the input to the output; taken over
     */
    InvertedResiduals(String description, List<Block> blocks, Rescaling rescaling, Map<String, NpyArray> weights) {
        this.description = description;
        this.blocks = List.copyOf(blocks);
        this.rescaling = rescaling;
        this.weights = weights;
    }

    /**
     * The network of some weights, as wide as they are, with a new classifier.
     *
     * @param family whose weights they must be, as an error names it
     * @throws TrainingInputException names the tensor that is missing or does not fit
     */
    static InvertedResiduals from(
            PretrainedWeights base, String family, List<Block> blocks, Rescaling rescaling, int labels, long seed) {
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        Taking taking = new Taking(base, family, weights);
        long channels = taking.convolution("stem", 3, 3);
        for (int i = 0; i < blocks.size(); i++) {
            Block block = blocks.get(i);
            if (block.expanded()) {
                channels = taking.convolution("b" + i + "_expand", 1, channels);
            }
            taking.take("b" + i + "_dw" + KERNEL, block.kernel(), block.kernel(), channels, 1);
            taking.take("b" + i + "_dw_bias", channels);
            channels = taking.convolution("b" + i + "_project", 1, channels);
        }
        long features = taking.convolution("head", 1, channels);
        addClassifier(weights, features, labels, new SplittableRandom(seed));
        return new InvertedResiduals(
                "%s with the weights `%s`".formatted(family, base.name()), blocks, rescaling, weights);
    }

    /** Adds a classifier by chance to the weights. */
    static void addClassifier(Map<String, NpyArray> weights, long features, int labels, RandomGenerator random) {
        weights.put("classifier" + KERNEL, NpyArray.random(random, 2 * features, features, labels));
        weights.put("classifier_bias", NpyArray.zeros(labels));
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
            case "head" -> blocks.size() + 1;
            case "classifier" -> lastLayer();
            default -> Integer.parseInt(name.substring(1)) + 1;
        };
    }

    @Override
    public int lastLayer() {
        return blocks.size() + 2;
    }

    @Override
    public int features() {
        return weights.getOrDefault("head_bias", NpyArray.zeros(0)).values().length;
    }

    @Override
    public Operand<TFloat32> logits(
            Ops tf, Operand<TFloat32> images, WeightSource source, UnaryOperator<Operand<TFloat32>> thinning) {
        Operand<TFloat32> x = tf.nn.relu6(convolution(tf, rescaled(tf, images), "stem", 2, source));
        for (int i = 0; i < blocks.size(); i++) {
            x = block(tf, x, "b" + i, blocks.get(i), source);
        }
        x = tf.nn.relu6(convolution(tf, x, "head", 1, source));
        Operand<TFloat32> features = tf.math.mean(x, tf.constant(new int[] {1, 2}), Mean.keepDims(false));
        return WeightSource.dense(tf, thinning.apply(features), "classifier", source);
    }

    private Operand<TFloat32> rescaled(Ops tf, Operand<TFloat32> images) {
        return rescaling.equals(Rescaling.NONE)
                ? images
                : tf.math.add(
                        tf.math.mul(images, tf.constant(rescaling.multiplier())), tf.constant(rescaling.offset()));
    }

    private static Operand<TFloat32> block(
            Ops tf, Operand<TFloat32> input, String name, Block block, WeightSource weights) {
        long stride = block.stride();
        Operand<TFloat32> x = input;
        if (block.expanded()) {
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

    /** Takes weights over from a base, each checked against the shape that it must have. */
    private record Taking(PretrainedWeights base, String family, Map<String, NpyArray> weights) {

        /** Takes a convolution over and says how many channels it has. */
        long convolution(String name, long side, long inputs) {
            long[] kernel = base.tensor(name + KERNEL).shape();
            long outputs = kernel.length == 4 ? kernel[3] : -1;
            take(name + KERNEL, side, side, inputs, outputs);
            take(name + "_bias", outputs);
            return outputs;
        }

        void take(String name, long... needed) {
            NpyArray tensor = base.tensor(name);
            if (!Arrays.equals(tensor.shape(), needed)) {
                throw new TrainingInputException("the weights are not %s's: %s is %s, needed is %s"
                        .formatted(family, name, Arrays.toString(tensor.shape()), Arrays.toString(needed)));
            }
            weights.put(name, tensor);
        }
    }
}
