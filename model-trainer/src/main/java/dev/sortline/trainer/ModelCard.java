// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.ModelManifest;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The page that tells a person what a model is (Mitchell et al., "Model Cards for Model Reporting", 2019). Training writes it, each
 * evaluation with {@code --card} adds or renews a section of its own.
 */
final class ModelCard {
    private static final String NOTES = "<!-- notes -->\n";

    private ModelCard() {}

    static String of(ModelManifest manifest, List<String> labels, TrainingFacts facts) {
        StringBuilder card = new StringBuilder();
        HeadRecipe recipe = facts.recipe();
        card.append("# %s %s\n\n".formatted(manifest.name(), manifest.version()));
        card.append(
                """
                Says which of %d labels one picture shows: %s.

                - Network: MobileNetV2 with the weights `%s`, frozen, and a head trained on its pooled features: %d hidden units, ReLU, then the labels.
                - Input: %dx%d RGB, the whole picture squeezed to the square, values %s.
                - Output: logits; the runtime divides them by the temperature %s before the softmax.

                ## Training

                ```
                %s
                ```

                | folder | pictures | by label |
                |---|---|---|
                """
                        .formatted(
                                labels.size(),
                                String.join(", ", labels),
                                facts.base(),
                                recipe.hidden(),
                                manifest.inputSize(),
                                manifest.inputSize(),
                                "-1..1",
                                number(manifest.temperature()),
                                facts.order().command()));
        facts.counts()
                .forEach((folder, counts) -> card.append("| `%s` | %d | %s |\n"
                        .formatted(
                                folder,
                                counts.values().stream()
                                        .mapToInt(Integer::intValue)
                                        .sum(),
                                text(counts))));
        Augmentation views = recipe.augmentation();
        card.append(String.format(
                Locale.ROOT,
                """

                %d pictures could be read. Each was seen in %d views: itself, and parts of %.0f to %.0f %% of its area, mirrored, %.0f %% of \
                them turned by any angle, in other light (exposure and contrast by up to %.0f %%, tint by up to %.0f %%). \
                %.0f %% of the features dropped at each step; Adam, %d epochs in batches of %d, step %s falling along a cosine, weight decay %s, labels weighted by their frequency to \
                the power of -%s, seed %d.

                A first head that had not seen %d of the pictures named %.1f %% of those rightly in their plain view; the temperature \
                was fitted on them. The head in this package then learned from all pictures in the same way.

                ## Evaluation

                """,
                facts.pictures(),
                recipe.views(),
                100 * views.leastArea(),
                100 * views.mostArea(),
                100 * views.turnedShare(),
                100 * Math.expm1(views.light()),
                100 * Math.expm1(views.tint()),
                100 * recipe.dropout(),
                recipe.epochs(),
                recipe.batch(),
                number(recipe.learningRate()),
                number(recipe.weightDecay()),
                number(recipe.balance()),
                recipe.seed(),
                facts.heldOutPictures(),
                100 * facts.heldOut().accuracy()));
        card.append(NOTES);
        if (!facts.notes().isBlank()) {
            card.append('\n').append(facts.notes().strip()).append('\n');
        }
        return card.toString();
    }

    private static String text(Map<String, Integer> counts) {
        StringBuilder text = new StringBuilder();
        counts.forEach((label, count) -> text.append(text.isEmpty() ? "" : ", ")
                .append(label)
                .append(' ')
                .append(count));
        return text.toString();
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }
}
