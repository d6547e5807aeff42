// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.classifier.network.InferenceTuning;
import java.util.function.Function;

/** Opens a checked package, warm, and lets it look at its check pictures before any frame. */
public final class OpenedModel {
    private OpenedModel() {}

    /** How a package is opened for a line. */
    @FunctionalInterface
    public interface Opening extends Function<ModelPackage, ImageClassifier> {}

    /** As settings say; what they leave open is measured, unless an earlier start has. */
    public static Opening measured(InferenceSettings settings) {
        return model -> ImageClassifier.open(model, ImageBounds.DEFAULT, settings);
    }

    /**
     * As the model that was opened at the start is run, for measuring anew would take the processors from the line for seconds. Another engine
     * than TensorFlow, and other numbers than float32, are held against the new model's check pictures again.
     */
    public static Opening like(InferenceTuning tuning, InferenceSettings settings) {
        return model -> ImageClassifier.openLike(tuning, model, ImageBounds.DEFAULT, settings);
    }

    /**
     * Opens a package.
     *
     * @return to be closed by the caller
     * @throws ModelPackageException when no engine can run it, its answers to its check pictures are none or not as it says, or its files
     *     were changed meanwhile; then nothing is open
     */
    public static ImageClassifier of(CheckedPackage checked, Opening opening) {
        ImageClassifier opened = opening.apply(checked.model());
        try {
            CheckPictures.require(opened);
            checked.requireUnchanged();
            return opened;
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }
}
