// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import dev.sortline.stream.sorting.BilingualText;
import dev.sortline.stream.sorting.PlanEdition;
import dev.sortline.stream.sorting.SortingPlan;
import dev.sortline.stream.sorting.SortingPlan.Fraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** A plan to test with: one label goes to a lane, all others to the lane {@code residue}. */
public final class GlassOnly {
    private GlassOnly() {}

    public static PlanEdition edition(String label, String lane, double leastConfidence) {
        Map<String, Fraction> fractions = new LinkedHashMap<>();
        fractions.put("sorted", fraction(List.of(label), lane, leastConfidence));
        fractions.put("rest", fraction(List.of(), "residue", 0));
        return new PlanEdition("glass-only", "0123456789ab", new SortingPlan(fractions, "rest"));
    }

    /** The same as a file, for the label and the lane {@code glass}. */
    public static String yaml(double leastConfidence) {
        return String.format(
                Locale.ROOT,
                """
                fallback: rest
                fractions:
                  sorted:
                    name: { en: Glass, id: Kaca }
                    advice: { en: Rinse it., id: Bilas. }
                    labels: [glass]
                    lane: glass
                    leastConfidence: %s
                    leastGap: 0
                  rest:
                    name: { en: Rest, id: Sisa }
                    advice: { en: Leave it., id: Biarkan. }
                    lane: residue
                    leastConfidence: 0
                    leastGap: 0
                """,
                leastConfidence);
    }

    private static Fraction fraction(List<String> labels, String lane, double leastConfidence) {
        var text = new BilingualText("words", "kata");
        return new Fraction(text, text, labels, lane, leastConfidence, 0);
    }
}
