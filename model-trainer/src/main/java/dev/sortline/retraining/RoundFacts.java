// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * What is to be told of a round.
 *
 * @param request what was asked for
 * @param base what it began with
 * @param round how it was done
 * @param counts pictures found by folder and label
 * @param pictures those that were looked at
 * @param before what the base says of pictures that were not learned from
 * @param after what is served says of them; the same as before where the base stays
 * @param others all that were tried between the two
 * @param took how long it took
 * @param left what the base has and the new package has not
 * @param notes Markdown for the end of the card, may be empty
 */
record RoundFacts(
        RetrainingRequest request,
        ModelPackage base,
        Round round,
        Map<Path, Map<String, Integer>> counts,
        RoundPictures pictures,
        Mixture before,
        Mixture after,
        List<Mixture> others,
        Duration took,
        List<LeftBehind> left,
        String notes) {

    Figures knownBefore() {
        return Figures.of(before.known(), base.manifest().temperature());
    }

    Figures knownAfter() {
        return Figures.of(after.known(), after.temperature());
    }

    Figures reviewedBefore() {
        return Figures.of(before.reviewed(), base.manifest().temperature());
    }

    Figures reviewedAfter() {
        return Figures.of(after.reviewed(), after.temperature());
    }

    /** The known pictures, as a sentence names them. */
    String knownName() {
        return request.validation()
                .map(folder -> "`%s`".formatted(folder))
                .orElse("kept pictures that this round did not learn from");
    }
}
