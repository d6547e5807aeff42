// SPDX-License-Identifier: Apache-2.0
package dev.sortline.familiarity;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.features.KnownFeatures;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

/** The part of a model card that tells by what familiarity goes; renewed in its place. */
final class CardSection {
    private CardSection() {}

    static void put(FamiliarModel made, FamiliarityRequest request) throws IOException {
        MarkedSection.put(
                made.model().folder().resolve(ModelPackage.CARD_FILE),
                made.model().toString(),
                "familiarity",
                "end of familiarity",
                section(made, request));
    }

    private static String section(FamiliarModel made, FamiliarityRequest request) {
        StringBuilder section = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ## Unknown things

                ```
                sortline model familiarize %s%s%s%s --validation %s
                ```

                The output `familiarity` tells how near a picture's features lie to those of the %d pictures that the model learned from""",
                made.model().folder(),
                request.data().stream().map(folder -> " --data " + folder).collect(Collectors.joining()),
                request.further().map(folder -> " --further " + folder).orElse("")
                        + (request.furtherLabels().isEmpty()
                                ? ""
                                : " --further-labels " + String.join(",", request.furtherLabels())),
                request.unknown().stream().map(folder -> " --unknown " + folder).collect(Collectors.joining()),
                request.validation(),
                made.known()));
        if (!made.unknown().isEmpty()) {
            section.append(String.format(
                    Locale.ROOT,
                    " and, with weight %s, how far from those of other things: %s",
                    KnownFeatures.OTHERS_WEIGHT,
                    made.unknown().entrySet().stream()
                            .map(other -> other.getKey() + " " + other.getValue())
                            .collect(Collectors.joining(", "))));
        }
        section.append(String.format(
                Locale.ROOT,
                ". Familiarity is the share of the %d pictures of `%s` that are less familiar: a plan's `leastFamiliarity` of 0.05 keeps all but 5 %% of these.",
                made.heldOut(),
                made.validation()));
        made.int8Difference()
                .ifPresent(apart ->
                        section.append(String.format(Locale.ROOT, " In int8 it differs by %.3f on average.", apart)));
        return section.append("\n\n").toString();
    }
}
