// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.sorting;

import dev.sortline.stream.sorting.BeltGeometry.Ejector;
import dev.sortline.stream.sorting.SortingPlan.Fraction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lines to test with. */
public final class Lines {
    /** 2 m/s; glass after 1 m, metal after 4 m: deadlines 465 ms and 1965 ms after capture. */
    public static final BeltGeometry BELT = new BeltGeometry(
            2.0, 20, "residue", null, null, Map.of("glass", new Ejector(1, 1.0, 15), "metal", new Ejector(2, 4.0, 15)));

    /** Glass and metal, each at least 0.6 sure and 0.2 ahead; all else is residue. */
    static final SortingPlan PLAN = plan(0.6);

    public static final PlanEdition EDITION = new PlanEdition("two-fractions", "000000000001", PLAN);

    private Lines() {}

    public static Line line(String id) {
        return new Line(id, BELT, EDITION);
    }

    public static SortingPlan plan(double leastConfidence) {
        Map<String, Fraction> fractions = new LinkedHashMap<>();
        fractions.put("glass", fraction("glass", leastConfidence, 0.2, "glass"));
        fractions.put("metal", fraction("metal", leastConfidence, 0.2, "metal"));
        fractions.put("residue", fraction("residue", 0, 0));
        return new SortingPlan(fractions, "residue");
    }

    public static Fraction fraction(String lane, double leastConfidence, double leastGap, String... labels) {
        var text = new BilingualText("words", "kata");
        return new Fraction(text, text, List.of(labels), lane, leastConfidence, leastGap);
    }
}
