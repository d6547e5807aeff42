// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.classifier.network.InferenceTuning;
import java.util.function.BiFunction;

/** Opens a checked package, warm, and lets it look at its check pictures before any frame. */
public final class OpenedModel {
    static final Opening TENSORFLOW = (model, settings) -> ImageClassifier.open(model, ImageBounds.DEFAULT, settings);

    private OpenedModel() {}

    /**
     * Opens a package.
     *
     * @return to be closed by the caller
     * @throws ModelPackageException when TensorFlow cannot run it, its answers to its check pictures are none or not as it says, or its files
     *     were changed meanwhile; then nothing is open
     */
    public static ImageClassifier of(CheckedPackage checked, InferenceSettings settings) {
        return of(checked, settings, TENSORFLOW);
    }

    static ImageClassifier of(CheckedPackage checked, InferenceSettings settings, Opening opening) {
        ImageClassifier opened = opening.apply(checked.model(), settings);
        try {
            CheckPictures.require(opened);
            checked.requireUnchanged();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    /**
     * How a second model is run beside one that was tuned at start: in the same way, for measuring anew would take the processors from the
     * line for a second or two. bfloat16 alone is held against the new model's check pictures again.
     */
    public static InferenceSettings like(InferenceTuning tuning, InferenceSettings settings) {
        boolean measuredBfloat16 = settings.precision() == null && tuning.precision() == Precision.BFLOAT16;
        return new InferenceSettings(
                measuredBfloat16 ? null : tuning.precision(), tuning.batch(), tuning.runs(), tuning.intraOpThreads());
    }

    /** How TensorFlow, or a test, opens a package. */
    interface Opening extends BiFunction<ModelPackage, InferenceSettings, ImageClassifier> {}
}
