// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.Temperature;
import java.nio.file.Path;
import java.util.Locale;

/**
 * What calibrating gave.
 *
 * @param model the package as it is now
 * @param validation on the pictures of the place that the model knows
 * @param shifted on those of strange places
 */
public record CalibratedModel(ModelPackage model, Figures validation, Figures shifted) {

    /**
     * How true confidences are in a folder.
     *
     * @param folder where the pictures are
     * @param pictures how many, at least 1
     * @param accuracy share named rightly, 0..1, which calibrating does not change
     * @param before expected calibration error with the temperatures as they were, 0..1
     * @param single with the one temperature that fits both folders best, 0..1
     * @param after with the two as they are now, 0..1
     */
    public record Figures(Path folder, int pictures, double accuracy, double before, double single, double after) {
        String told() {
            return String.format(
                    Locale.ROOT,
                    "%s, %d pictures, %.4f right: calibration error %.4f before, %.4f with one temperature, %.4f after",
                    folder,
                    pictures,
                    accuracy,
                    before,
                    single,
                    after);
        }
    }

    /** In lines, for a terminal. */
    public String told() {
        Temperature temperature = model.manifest().calibration();
        return String.format(
                Locale.ROOT,
                "temperature %s where all is familiar, %s where nothing is%n%s%n%s",
                temperature.familiar(),
                temperature.strange(),
                validation.told(),
                shifted.told());
    }
}
