// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream;

import dev.sortline.stream.BeltGeometry.Ejector;
import dev.sortline.stream.SortingPlan.Rule;
import java.util.Map;

/** Lines to test with. */
final class Lines {
    /** 2 m/s; glass after 1 m, metal after 4 m: deadlines 465 ms and 1965 ms after capture. */
    static final BeltGeometry BELT = new BeltGeometry(
            2.0, 20, "residue", Map.of("glass", new Ejector(1, 1.0, 15), "metal", new Ejector(2, 4.0, 15)));

    static final SortingPlan PLAN =
            new SortingPlan(Map.of("glass", new Rule("glass", 0.6, 0.2), "metal", new Rule("metal", 0.6, 0.2)));

    private Lines() {}

    static Line line(String id) {
        return new Line(id, BELT, "two-fractions", PLAN);
    }
}
