// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a model said of one labelled picture.
 *
 * @param image the picture
 * @param truth the label that it shows
 * @param predicted the model's most probable label
 * @param confidence probability of the predicted label, 0..1
 * @param truthProbability probability of the truth, 0..1, at most the confidence
 * @param familiarity how familiar the picture is to the model, 0..1; absent where it does not tell
 */
public record Prediction(
        Path image,
        String truth,
        String predicted,
        double confidence,
        double truthProbability,
        @Nullable Double familiarity) {
    public Prediction {
        if (!(confidence >= 0 && confidence <= 1)) {
            throw new IllegalArgumentException("confidence must be 0..1, but is " + confidence);
        }
        if (!(truthProbability >= 0 && truthProbability <= confidence)) {
            throw new IllegalArgumentException("truthProbability must be 0..%s, the confidence, but is %s"
                    .formatted(confidence, truthProbability));
        }
    }

    /** Of a model that does not tell how familiar a picture is. */
    public Prediction(Path image, String truth, String predicted, double confidence, double truthProbability) {
        this(image, truth, predicted, confidence, truthProbability, null);
    }

    /** Whether the model named the picture rightly. */
    public boolean right() {
        return truth.equals(predicted);
    }
}
