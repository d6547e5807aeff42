// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.packages.CardHead;
import dev.sortline.trainer.writing.MarkedSection;
import java.math.BigDecimal;
import java.util.Locale;

/** The model card of a package that a round made: what it began with, what it learned from, and what it is worth, before and after. */
final class RoundCard {
    private RoundCard() {}

    static String of(ModelManifest manifest, RoundFacts facts) {
        StringBuilder card = new StringBuilder(CardHead.of(
                manifest,
                facts.base().labels(),
                "that of %s (%s), learned on from pictures that people labelled on a line"
                        .formatted(facts.base(), facts.base().manifest().digest()),
                facts.request().command(),
                facts.counts()));
        card.append(learning(facts));
        card.append("\n## Before and after\n\n").append(beforeAndAfter(facts));
        card.append("\n## Evaluation\n\n").append(MarkedSection.NOTES);
        if (!facts.notes().isBlank()) {
            card.append('\n').append(facts.notes().strip()).append('\n');
        }
        return card.toString();
    }

    private static String learning(RoundFacts facts) {
        Round round = facts.round();
        Stage stage = round.recipe().stages().get(0);
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                %d reviewed pictures were learned from in %.0f %% of each batch of %d, beside %d kept ones in the rest: %d epochs of %d kept shots, each \
                another, at %dx%d, from layer %d on, Adam's step at most %s, augmented by %.0f %% of what training from the beginning takes, seed %d. It took %d s.

                What is served is %.0f %% of the retrained weights and %.0f %% of the base's. Of the shares tried it makes the reviewed pictures that were not \
                learned from most probable, among those that name no fewer of them than the base does, and cost at most %.0f %% of %s.

                | retrained share | known pictures right | reviewed pictures right |
                |---|---|---|
                """,
                facts.pictures().reviewed().size(),
                100 * round.reviewedShare(),
                round.recipe().batch(),
                facts.pictures().kept().size(),
                round.recipe().epochs(),
                round.keptShown(),
                stage.pictureSize(),
                stage.pictureSize(),
                stage.firstLayer(),
                BigDecimal.valueOf(stage.rate()).stripTrailingZeros().toPlainString(),
                100 * stage.strength(),
                facts.request().seed(),
                facts.took().toSeconds(),
                100 * facts.after().share(),
                100 * (1 - facts.after().share()),
                100 * Mixture.MOST_LOST,
                facts.knownName()));
        text.append(row(facts.before()));
        for (int i = facts.others().size() - 1; i >= 0; i--) {
            text.append(row(facts.others().get(i)));
        }
        return text.toString();
    }

    private static String row(Mixture mixture) {
        return String.format(
                Locale.ROOT,
                "| %.0f %% | %.1f %% | %.1f %% |\n",
                100 * mixture.share(),
                100.0 * mixture.known().right() / mixture.known().set().size(),
                100.0 * mixture.reviewed().right() / mixture.reviewed().set().size());
    }

    private static String beforeAndAfter(RoundFacts facts) {
        Figures knownBefore = facts.knownBefore();
        Figures knownAfter = facts.knownAfter();
        Figures reviewedBefore = facts.reviewedBefore();
        Figures reviewedAfter = facts.reviewedAfter();
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                """
                On %d pictures of %s, and on %d reviewed pictures that were not learned from; shares with their 95 %% intervals.%s The temperature was \
                %s and is %s, fitted on both together. By both the share was chosen, too, so they flatter the model a little.

                | | known before | known after | reviewed before | reviewed after |
                |---|---|---|---|---|
                | accuracy | %s | %s | %s | %s |
                | calibration error (ECE) | %.3f | %.3f | %.3f | %.3f |
                """,
                knownBefore.confusion().total(),
                facts.knownName(),
                reviewedBefore.confusion().total(),
                facts.request().validation().isPresent()
                        ? ""
                        : " The base may have learned from the former, so both its figures there are too good.",
                facts.base().manifest().temperature(),
                facts.after().temperature(),
                knownBefore.told(),
                knownAfter.told(),
                reviewedBefore.told(),
                reviewedAfter.told(),
                knownBefore.ece(),
                knownAfter.ece(),
                reviewedBefore.ece(),
                reviewedAfter.ece()));
        for (String label : facts.base().labels()) {
            text.append("| %s | %s | %s | %s | %s |\n"
                    .formatted(
                            label,
                            recall(knownBefore, label),
                            recall(knownAfter, label),
                            recall(reviewedBefore, label),
                            recall(reviewedAfter, label)));
        }
        if (!facts.left().isEmpty()) {
            text.append("\nNot taken over from ").append(facts.base()).append(", for it is of that network alone:\n\n");
            facts.left().forEach(left -> text.append("- %s: `%s`\n".formatted(left.what(), left.command())));
        }
        return text.toString();
    }

    private static String recall(Figures figures, String label) {
        return figures.confusion().truths(label) == 0
                ? ""
                : "%d of %d"
                        .formatted(
                                figures.confusion().count(label, label),
                                figures.confusion().truths(label));
    }
}
