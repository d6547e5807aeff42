// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * What holding labels back gave.
 *
 * @param model the package as it is now
 * @param labels that are held back
 * @param bias what is taken from their logits, 0 or more
 * @param shifted on the pictures that this was fitted on
 * @param validation on those that the temperature was fitted on
 */
public record AdjustedModel(ModelPackage model, List<String> labels, double bias, Figures shifted, Figures validation) {

    /**
     * How much is right of a folder.
     *
     * @param folder where the pictures are
     * @param pictures how many, at least 1
     * @param before share named rightly by the model as it was, 0..1
     * @param after by the model as it is now, 0..1
     */
    public record Figures(Path folder, int pictures, double before, double after) {
        String told() {
            return String.format(
                    Locale.ROOT, "%s, %d pictures: %.4f before, %.4f after", folder, pictures, before, after);
        }
    }

    /** In lines, for a terminal. */
    public String told() {
        return String.format(
                Locale.ROOT,
                "%s taken from the logits of %s; temperature %s%n%s%n%s",
                bias,
                String.join(", ", labels),
                model.manifest().temperature(),
                shifted.told(),
                validation.told());
    }
}
