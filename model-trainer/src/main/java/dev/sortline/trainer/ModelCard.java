// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.runtime.Processor;
import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.learning.Effort;
import dev.sortline.trainer.learning.Lesson;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.packages.CardHead;
import dev.sortline.trainer.writing.MarkedSection;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The page that tells a person what a model is (Mitchell et al., "Model Cards for Model Reporting", 2019). Training writes it, each
 * evaluation with {@code --card} adds or renews a section of its own.
 */
final class ModelCard {
    private ModelCard() {}

    static String of(ModelManifest manifest, List<String> labels, TrainingFacts facts) {
        StringBuilder card = new StringBuilder(
                CardHead.of(manifest, labels, facts.network(), facts.request().command(), facts.counts()));
        card.append(recipe(facts)).append("\n## Evaluation\n\n").append(MarkedSection.NOTES);
        if (!facts.notes().isBlank()) {
            card.append('\n').append(facts.notes().strip()).append('\n');
        }
        return card.toString();
    }

    private static String recipe(TrainingFacts facts) {
        Recipe recipe = facts.recipe();
        AugmentationRanges ranges = recipe.augmentation();
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                """
                %d pictures were learned from%s, in another shot each epoch: %.0f to %.0f %% of the area, mirrored, %.0f %% of them turned by any angle, in \
                other light (exposure and contrast by up to %.0f %%, tint by up to %.0f %%, more and less colour), %.0f %% with a belt or a heap \
                instead of the plain board where the item can be told from it, and %.0f %% each with dirt, something over the item, blur, grain \
                and compression.

                | epochs | trained from layer | shots | augmented by | Adam's step at most |
                |---|---|---|---|---|
                """,
                facts.pictures(),
                facts.request().further().map(ModelCard::beside).orElse(""),
                100 * ranges.leastArea(),
                100 * ranges.mostArea(),
                100 * ranges.turnedShare(),
                100 * Math.expm1(ranges.light()),
                100 * Math.expm1(ranges.tint()),
                100 * ranges.backdropShare(),
                100 * ranges.flawShare()));
        for (Stage stage : recipe.stages()) {
            text.append(String.format(
                    Locale.ROOT,
                    "| %d | %d | %dx%d | %.0f %% of that | %s |\n",
                    stage.epochs(),
                    stage.firstLayer(),
                    stage.pictureSize(),
                    stage.pictureSize(),
                    100 * stage.strength(),
                    number(stage.rate())));
        }
        text.append(String.format(
                Locale.ROOT,
                """

                Batches of %d, %d steps of warm-up a stage, then a cosine to nothing; weight decay %s, %.0f %% of the features dropped, pairs mixed by beta(%s), \
                labels weighted by their frequency to the power of -%s, made-up empty belts for another %.0f %% of the pictures where there is such a \
                label, weights averaged with %s%s, seed %d.

                The temperature was fitted on %d pictures that were not learned from, of which the network names %.1f %% rightly.
                """,
                recipe.batch(),
                recipe.warmUpSteps(),
                number(recipe.weightDecay()),
                100 * recipe.dropout(),
                number(recipe.mixing()),
                number(recipe.balance()),
                100 * recipe.emptyShare(),
                number(recipe.averaging()),
                recipe.meanFrom() < 1
                        ? String.format(
                                Locale.ROOT, " and from %.0f %% of the steps on by their mean", 100 * recipe.meanFrom())
                        : "",
                facts.request().seed(),
                facts.validation().pictures(),
                100 * facts.validation().accuracy()));
        if (!facts.request().teachers().isEmpty()) {
            text.append(String.format(
                    Locale.ROOT,
                    "\nTaught by %s: the mean of their calibrated answers on %d shots of each picture, softened by %s, makes %.0f %% of the loss, the labels "
                            + "the rest.\n",
                    facts.request().teachers().stream().map("`%s`"::formatted).collect(Collectors.joining(" and ")),
                    Lesson.SHOTS,
                    number(Lesson.TEMPERATURE),
                    100 * Lesson.WEIGHT));
        }
        if (facts.accuracies().size() > 1) {
            text.append(String.format(
                    Locale.ROOT,
                    "\nThe weights are the mean of %d runs of the last stage, with seeds %d to %d. Alone they name %s of those pictures rightly.\n",
                    facts.accuracies().size(),
                    facts.request().seed(),
                    facts.request().seed() + facts.accuracies().size() - 1,
                    facts.accuracies().stream()
                            .map(accuracy -> String.format(Locale.ROOT, "%.1f %%", 100 * accuracy))
                            .collect(Collectors.joining(", "))));
        }
        return text.append(effort(facts.effort())).toString();
    }

    private static String effort(Effort effort) {
        String processor = Processor.here().name();
        return String.format(
                Locale.ROOT,
                "%nThe learning took %s, and %s of processor time%s.%n",
                hours(effort.clock()),
                hours(effort.processor()),
                processor.isEmpty() ? "" : " (" + processor + ")");
    }

    private static String hours(Duration time) {
        long minutes = time.plusSeconds(30).toMinutes();
        return "%d:%02d h".formatted(minutes / 60, minutes % 60);
    }

    private static String beside(FurtherSource source) {
        return String.format(
                Locale.ROOT, ", with %.0f %% of each batch from `%s`", 100 * source.share(), source.folder());
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value)
                .replaceFirst("(\\.\\d*?)0+$", "$1")
                .replaceFirst("\\.$", "");
    }
}
