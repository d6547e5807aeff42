// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The part of a model card that tells which labels are held back; renewed in its place. */
final class HeldBackSection {
    private HeldBackSection() {}

    static void put(AdjustedModel adjusted) throws IOException {
        Path file = adjusted.model().folder().resolve(ModelPackage.CARD_FILE);
        MarkedSection.put(file, adjusted.model().toString(), "held back", "end of held back", section(adjusted));
    }

    private static String section(AdjustedModel adjusted) {
        return String.format(
                Locale.ROOT,
                """
                ## Labels held back

                %s was taken from the logits of %s, which the model named too often on pictures strange to it (`sortline model adjust`). That stands in the \
                classifier's bias and was fitted on the first of these folders; the temperature, %s now, on the second.

                | folder | pictures | right before | right now |
                |---|---|---|---|
                %s%s
                """,
                adjusted.bias(),
                String.join(", ", adjusted.labels()),
                adjusted.model().manifest().temperature(),
                row(adjusted.shifted()),
                row(adjusted.validation()));
    }

    private static String row(AdjustedModel.Figures figures) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %d | %.1f %% | %.1f %% |\n",
                figures.folder(),
                figures.pictures(),
                100 * figures.before(),
                100 * figures.after());
    }
}
