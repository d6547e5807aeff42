// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelPackage;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What a round gave.
 *
 * @param model the package as it was written; none where nothing was better than the base, which stays
 * @param share of the retrained weights in what is served, 0..1; 0 where the base stays
 * @param reviewed how many reviewed pictures were learned from
 * @param kept how many kept pictures there were to be shown beside
 * @param known of the pictures of what was known before
 * @param heldOut of the reviewed pictures that were not learned from
 * @param took how long it took
 * @param leftBehind what the base has and the new package has not, a line each with the command that makes it anew
 */
public record RetrainedModel(
        Optional<ModelPackage> model,
        double share,
        int reviewed,
        int kept,
        BeforeAfter known,
        BeforeAfter heldOut,
        Duration took,
        List<String> leftBehind) {

    /**
     * Accuracy before and after.
     *
     * @param pictures how many, at least 1
     * @param before share named rightly by the base, 0..1
     * @param after by what is served now, 0..1
     */
    public record BeforeAfter(int pictures, double before, double after) {
        static BeforeAfter of(Figures before, Figures after) {
            return new BeforeAfter(before.confusion().total(), before.accuracy(), after.accuracy());
        }

        private String told() {
            return String.format(
                    Locale.ROOT, "%.1f %% before, %.1f %% after, of %d", 100 * before, 100 * after, pictures);
        }
    }

    static RetrainedModel of(RoundFacts facts, boolean written) {
        return new RetrainedModel(
                written ? Optional.of(ModelPackage.load(facts.request().out())) : Optional.empty(),
                facts.after().share(),
                facts.pictures().reviewed().size(),
                facts.pictures().kept().size(),
                BeforeAfter.of(facts.knownBefore(), facts.knownAfter()),
                BeforeAfter.of(facts.reviewedBefore(), facts.reviewedAfter()),
                facts.took(),
                written
                        ? facts.left().stream()
                                .map(left -> "left behind: " + left.what() + "; " + left.command())
                                .toList()
                        : List.of());
    }

    /** In lines, for a terminal. */
    public String told() {
        String figures = String.format(
                Locale.ROOT,
                "what was known before: %s%nreviewed, not learned from: %s%n%d reviewed pictures and %d kept ones, %d s",
                known.told(),
                heldOut.told(),
                reviewed,
                kept,
                took.toSeconds());
        return model.map(made -> String.format(
                        Locale.ROOT,
                        "%s is at %s: %.0f %% retrained, %.0f %% base%n%s",
                        made,
                        made.folder(),
                        100 * share,
                        100 * (1 - share),
                        figures))
                .orElseGet(() -> "nothing gained: the base stays, no package was written%n%s".formatted(figures));
    }
}
