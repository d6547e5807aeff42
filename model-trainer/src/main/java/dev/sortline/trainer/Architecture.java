// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.network.EfficientNetLite;
import dev.sortline.trainer.network.MobileNetV2;
import dev.sortline.trainer.network.Network;
import dev.sortline.trainer.network.PretrainedWeights;
import dev.sortline.trainer.network.SmallCnn;
import dev.sortline.trainer.progress.TrainingInputException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The networks that can be trained. */
public enum Architecture {
    /** MobileNetV2, fine-tuned from pretrained weights or, without any, trained from scratch. */
    MOBILENET_V2("mobilenet-v2", 224, 60) {
        @Override
        Network network(TrainingRequest request, int labels) {
            return request.base().isPresent()
                    ? MobileNetV2.from(base(request), labels, request.seed())
                    : MobileNetV2.ofWidth(request.width().orElse(1.0), labels, request.seed());
        }

        @Override
        Recipe recipe(TrainingRequest request) {
            return fineTuned(request, 4, 19);
        }
    },

    /** EfficientNet-Lite0, fine-tuned: a third more work than MobileNetV2. */
    EFFICIENTNET_LITE0("efficientnet-lite0", 224, 60) {
        @Override
        Network network(TrainingRequest request, int labels) {
            return EfficientNetLite.LITE0.from(base(request), labels, request.seed());
        }

        @Override
        Recipe recipe(TrainingRequest request) {
            return fineTuned(request, 4, 18);
        }
    },

    /** EfficientNet-Lite2, fine-tuned: three times the work of MobileNetV2, which it can teach. */
    EFFICIENTNET_LITE2("efficientnet-lite2", 260, 60) {
        @Override
        Network network(TrainingRequest request, int labels) {
            return EfficientNetLite.LITE2.from(base(request), labels, request.seed());
        }

        @Override
        Recipe recipe(TrainingRequest request) {
            return fineTuned(request, 5, 23);
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
                    List.of(new Stage(request.epochs(), 0, request.inputSize(), 1e-3, 1)),
                    AugmentationRanges.BELT,
                    32,
                    100,
                    0.01,
                    0.5,
                    0,
                    0.995,
                    1,
                    0.5,
                    0.06,
                    0.15);
        }
    };

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

    /** All names, as a sentence lists them. */
    public static String names() {
        List<String> names = Stream.of(values()).map(Architecture::toString).toList();
        return String.join(", ", names.subList(0, names.size() - 1)) + " or " + names.get(names.size() - 1);
    }

    /** Whether it cannot be trained from nothing. */
    boolean needsBase() {
        return this == EFFICIENTNET_LITE0 || this == EFFICIENTNET_LITE2;
    }

    /** As the command line writes it. */
    @Override
    public String toString() {
        return text;
    }

    /** @throws TrainingInputException if the base cannot be used */
    abstract Network network(TrainingRequest request, int labels);

    abstract Recipe recipe(TrainingRequest request);

    private static PretrainedWeights base(TrainingRequest request) {
        return PretrainedWeights.read(request.base().orElseThrow());
    }

    /**
     * The classifier alone, then without the first layers on smaller pictures, then the whole network; in one go from scratch.
     *
     * @param firstTuned the first layer that the second stage trains
     * @param lastLayer the classifier's
     */
    private static Recipe fineTuned(TrainingRequest request, int firstTuned, int lastLayer) {
        int size = request.inputSize();
        if (request.base().isEmpty() || request.epochs() < 6) {
            List<Stage> one = List.of(new Stage(request.epochs(), 0, size, 5e-4, 1));
            return new Recipe(size, one, AugmentationRanges.BELT, 32, 60, 0.05, 0.2, 0.2, 0.995, 1, 0.75, 0.06, 0.15);
        }
        int smaller = Math.max(32, size * 6 / 7 / 32 * 32);
        int settling = request.epochs() * 2 / 5;
        List<Stage> stages = List.of(
                new Stage(2, lastLayer, smaller, 4e-3, 1),
                new Stage(request.epochs() - 2 - settling, firstTuned, smaller, 2.5e-4, 1),
                new Stage(settling, 0, size, 2.5e-4, 0.5));
        return new Recipe(size, stages, AugmentationRanges.BELT, 32, 60, 0.05, 0.2, 0.2, 0.995, 0.6, 0.75, 0.06, 0.15);
    }
}
