// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.network.MobileNetV2;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.PretrainedWeights;
import dev.sortline.trainer.network.SmallCnn;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.List;
import java.util.Optional;

/** The networks that can be trained. */
public enum Architecture {
    /** MobileNetV2, fine-tuned from pretrained weights or, without any, trained from scratch. */
    MOBILENET_V2("mobilenet-v2", 224, 28) {
        @Override
        Network network(TrainingRequest request, int labels) {
            return request.base().isPresent()
                    ? MobileNetV2.from(PretrainedWeights.read(request.base().get()), labels, request.seed())
                    : MobileNetV2.ofWidth(request.width().orElse(1.0), labels, request.seed());
        }

        @Override
        Recipe recipe(TrainingRequest request) {
            int size = request.inputSize();
            int smaller = Math.max(32, size * 6 / 7 / 32 * 32);
            int settling = request.epochs() * 2 / 5;
            List<Stage> stages = request.base().isEmpty() || request.epochs() < 6
                    ? List.of(new Stage(request.epochs(), 0, size, RATE))
                    : List.of(
                            new Stage(2, LAST_LAYER, smaller, 4e-3),
                            new Stage(request.epochs() - 2 - settling, FIRST_TUNED, smaller, RATE),
                            new Stage(settling, 0, size, RATE));
            return new Recipe(size, stages, BELT, 32, 60, 0.05, 0.2, 0.2, 0.995, 0.75, 0.06, 0.15);
        }
    },

    /** A base line of three convolutions, trained from scratch. */
    CNN("cnn", 128, 30) {
        @Override
        Network network(TrainingRequest request, int labels) {
            return new SmallCnn(request.inputSize(), labels, request.seed());
        }

        @Override
        Recipe recipe(TrainingRequest request) {
            return new Recipe(
                    request.inputSize(),
                    List.of(new Stage(request.epochs(), 0, request.inputSize(), 1e-3)),
                    BELT,
                    32,
                    100,
                    0.01,
                    0.5,
                    0,
                    0.995,
                    0.5,
                    0.06,
                    0.15);
        }
    };

    private static final int LAST_LAYER = 19;
    private static final int FIRST_TUNED = 4;
    private static final double RATE = 5e-4;
    private static final AugmentationRanges BELT = new AugmentationRanges(0.4, 1.2, 0.25, 0.5, 0.25, 0.08, 0.35, 0.15);

    private final String text;
    private final int inputSize;
    private final int epochs;

    Architecture(String text, int inputSize, int epochs) {
        this.text = text;
        this.inputSize = inputSize;
        this.epochs = epochs;
    }

    /** Width and height of the input, in pixels, if nothing else is asked for. */
    public int usualInputSize() {
        return inputSize;
    }

    /** How often every picture is seen if nothing else is asked for. */
    public int usualEpochs() {
        return epochs;
    }

    /** The architecture of this name. */
    public static Optional<Architecture> of(String text) {
        return List.of(values()).stream().filter(one -> one.text.equals(text)).findFirst();
    }

    /** As the command line writes it. */
    @Override
    public String toString() {
        return text;
    }

    /** @throws TrainingInputException if the base cannot be used */
    abstract Network network(TrainingRequest request, int labels);

    abstract Recipe recipe(TrainingRequest request);
}
