// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.trainer.network.InvertedResiduals.Block;
import dev.sortline.trainer.network.InvertedResiduals.Rescaling;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * MobileNetV2 (Sandler et al., "MobileNetV2: Inverted Residuals and Linear Bottlenecks", 2018): seventeen {@linkplain InvertedResiduals blocks},
 * all with depthwise kernels of 3x3, all but the first expanded.
 */
public final class MobileNetV2 {
    private static final List<Integer> HALVING_BLOCKS = List.of(1, 3, 6, 13);
    /** Channels of each block's output at width 1. */
    private static final int[] OUTPUTS = {16, 24, 24, 32, 32, 32, 64, 64, 64, 64, 96, 96, 96, 160, 160, 160, 320};

    private static final List<Block> BLOCKS = IntStream.range(0, OUTPUTS.length)
            .mapToObj(i -> new Block(3, HALVING_BLOCKS.contains(i) ? 2 : 1, i > 0))
            .toList();
    private static final int STEM = 32;
    private static final int EXPANSION = 6;
    private static final int FEATURES = 1280;
    private static final String KERNEL = Network.KERNEL;

    private MobileNetV2() {}

    /**
     * The network of some weights, as wide as they are, with a new classifier.
     *
     * @throws TrainingInputException names the tensor that is missing or does not fit
     */
    public static Network from(PretrainedWeights base, int labels, long seed) {
        return InvertedResiduals.from(base, "MobileNetV2", BLOCKS, Rescaling.NONE, labels, seed);
    }

    /**
     * The network with weights by chance. Blocks that are added to their input begin weak, for there is no batch normalisation to keep the
     * sum from growing (Zhang et al., "Fixup Initialization", 2019).
     *
     * @param width what numbers of channels are multiplied by, as in the paper: rounded to multiples of 8, the features never below 1280
     */
    public static Network ofWidth(double width, int labels, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Map<String, NpyArray> weights = new LinkedHashMap<>();
        long channels = channels(STEM * width);
        weights.put("stem" + KERNEL, NpyArray.random(random, 27, 3, 3, 3, channels));
        weights.put("stem_bias", NpyArray.zeros(channels));
        for (int i = 0; i < OUTPUTS.length; i++) {
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
                    NpyArray.random(random, (added ? OUTPUTS.length : 1) * inner, 1, 1, inner, outputs));
            weights.put(name + "_project_bias", NpyArray.zeros(outputs));
            channels = outputs;
        }
        long features = Math.max(FEATURES, channels(FEATURES * width));
        weights.put("head" + KERNEL, NpyArray.random(random, channels, 1, 1, channels, features));
        weights.put("head_bias", NpyArray.zeros(features));
        InvertedResiduals.addClassifier(weights, features, labels, random);
        return new InvertedResiduals(
                String.format(Locale.ROOT, "MobileNetV2 of width %s from scratch", width),
                BLOCKS,
                Rescaling.NONE,
                weights);
    }

    /** A multiple of 8, at least 8, and no more than a tenth below: the rule of the network's authors. */
    private static long channels(double wanted) {
        long rounded = Math.max(8, Math.round(wanted / 8) * 8);
        return rounded < 0.9 * wanted ? rounded + 8 : rounded;
    }
}
