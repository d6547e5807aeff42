// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.augmentation.AugmentationRanges;
import java.util.List;

/**
 * How a network is trained.
 *
 * @param inputSize width and height of the network's input in service, in pixels, at least 32
 * @param stages one after the other, at least one
 * @param augmentation how augmented pictures stray from those that they are made of
 * @param batch pictures a step, at least 1
 * @param warmUpSteps over which a stage's rate rises from nothing, but half of its steps at most; after that it falls along a cosine that
 *     ends with the last stage
 * @param weightDecay share of a kernel that a step at rate 1 takes away, 0 or more (Loshchilov and Hutter, "Decoupled Weight Decay
 *     Regularization", 2019)
 * @param dropout share of the features that each step leaves out, 0 or more and below 1
 * @param mixing both parameters of the beta distribution that pairs of pictures are mixed by (Zhang et al., "mixup", 2018); 0 for not
 * @param averaging what the averaged weights keep of themselves at each step, 0 or more and below 1: they are what is served
 * @param meanFrom share of all steps from which on the averaged weights are the plain mean of the weights after each step since (Izmailov et
 *     al., "Averaging Weights Leads to Wider Optima and Better Generalization", 2018), 0 or more; 1 for never
 * @param balance how far labels with few pictures weigh more: weight is frequency to the power of minus this, 0 (not) to 1 (all alike)
 * @param emptyShare made-up pictures of an empty belt an epoch, as a share of the real pictures, where the data has that label; 0 or more
 * @param heldOutShare share of the pictures that is held out where no others are given for validation, above 0 and below 1
 */
public record Recipe(
        int inputSize,
        List<Stage> stages,
        AugmentationRanges augmentation,
        int batch,
        int warmUpSteps,
        double weightDecay,
        double dropout,
        double mixing,
        double averaging,
        double meanFrom,
        double balance,
        double emptyShare,
        double heldOutShare) {

    public Recipe {
        stages = List.copyOf(stages);
        if (inputSize < 32 || batch < 1 || warmUpSteps < 0 || stages.isEmpty()) {
            throw new IllegalArgumentException(
                    "inputSize must be at least 32, batch at least 1, warmUpSteps at least 0, and there must be a stage");
        }
        if (!(weightDecay >= 0 && mixing >= 0 && emptyShare >= 0 && balance >= 0 && balance <= 1)) {
            throw new IllegalArgumentException("weightDecay, mixing and emptyShare must be 0 or more, balance 0..1");
        }
        if (!(dropout >= 0 && dropout < 1 && averaging >= 0 && averaging < 1)) {
            throw new IllegalArgumentException("dropout and averaging must be 0 or more and below 1");
        }
        if (!(meanFrom >= 0 && meanFrom <= 1)) {
            throw new IllegalArgumentException("meanFrom must be 0..1, but is " + meanFrom);
        }
        if (!(heldOutShare > 0 && heldOutShare < 1)) {
            throw new IllegalArgumentException("heldOutShare must lie between 0 and 1, but is " + heldOutShare);
        }
    }

    /**
     * What the averaged weights keep of themselves at a step. At first they forget more quickly than later, for they begin at weights that
     * know nothing yet.
     *
     * @param step of all stages, from 1 on
     * @param allSteps of all stages
     */
    double averageKept(int step, int allSteps) {
        int inMean = step - (int) (meanFrom * allSteps);
        return inMean > 0 ? 1 - 1.0 / inMean : Math.min(averaging, (1.0 + step) / (10 + step));
    }

    /** Epochs of all stages. */
    public int epochs() {
        return stages.stream().mapToInt(Stage::epochs).sum();
    }

    /** Epochs before the last stage: all runs have them in common. */
    int sharedEpochs() {
        return epochs() - stages.get(stages.size() - 1).epochs();
    }

    /**
     * The stage that an epoch belongs to.
     *
     * @param epoch from 0 on
     */
    Stage stage(int epoch) {
        int left = epoch;
        for (Stage stage : stages) {
            if (left < stage.epochs()) {
                return stage;
            }
            left -= stage.epochs();
        }
        throw new IndexOutOfBoundsException("epoch %d of %d".formatted(epoch, epochs()));
    }

    /** The first epoch of the stage that an epoch belongs to. */
    int stageStart(int epoch) {
        int start = 0;
        for (Stage stage : stages) {
            if (epoch < start + stage.epochs()) {
                return start;
            }
            start += stage.epochs();
        }
        throw new IndexOutOfBoundsException("epoch %d of %d".formatted(epoch, epochs()));
    }
}
