// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.trainer.network.InvertedResiduals.Block;
import dev.sortline.trainer.network.InvertedResiduals.Rescaling;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * EfficientNet-Lite: EfficientNet (Tan and Le, "EfficientNet: Rethinking Model Scaling for Convolutional Neural Networks", 2019) as its authors
 * made it for small devices, without squeeze-and-excite and with ReLU6. Made of the same {@linkplain InvertedResiduals blocks} as MobileNetV2,
 * some with depthwise kernels of 5x5.
 */
public enum EfficientNetLite {
    /** Sixteen blocks, meant for pictures of 224 pixels. */
    LITE0(1.0),
    /** Twenty-one blocks, meant for pictures of 260 pixels. */
    LITE2(1.2);

    /** It was trained on {@code (RGB - 127) / 128}, not on {@code RGB / 127.5 - 1}. */
    private static final Rescaling RESCALING = new Rescaling(127.5f / 128, 0.5f / 128);

    /** Blocks, side of the depthwise kernel and stride of the first block, a row a stage; the first and the last are never repeated more. */
    private static final int[][] STAGES = {
        {1, 3, 1}, {2, 3, 2}, {2, 5, 2}, {3, 3, 2}, {3, 5, 1}, {4, 5, 2}, {1, 3, 1},
    };

    private final double depth;

    /** @param depth what the other stages' numbers of blocks are multiplied by */
    EfficientNetLite(double depth) {
        this.depth = depth;
    }

    /**
     * The network of some weights, as wide as they are, with a new classifier.
     *
     * @throws TrainingInputException names the tensor that is missing or does not fit
     */
    public Network from(PretrainedWeights base, int labels, long seed) {
        String family = "EfficientNet-" + (this == LITE0 ? "Lite0" : "Lite2");
        return InvertedResiduals.from(base, family, blocks(), RESCALING, labels, seed);
    }

    private List<Block> blocks() {
        List<Block> blocks = new ArrayList<>();
        for (int stage = 0; stage < STAGES.length; stage++) {
            int once = STAGES[stage][0];
            int repeats = stage == 0 || stage == STAGES.length - 1 ? once : (int) Math.ceil(depth * once);
            for (int i = 0; i < repeats; i++) {
                blocks.add(new Block(STAGES[stage][1], i == 0 ? STAGES[stage][2] : 1, stage > 0));
            }
        }
        return blocks;
    }
}
