// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import dev.sortline.sorting.SortingPlan;
import dev.sortline.sorting.SortingPlan.Fraction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What is different in a plan, in few words. */
final class PlanChanges {
    private PlanChanges() {}

    static String between(SortingPlan before, SortingPlan after) {
        List<String> changes = new ArrayList<>();
        Map<String, Fraction> old = before.fractions();
        var ids = new LinkedHashSet<>(old.keySet());
        ids.addAll(after.fractions().keySet());
        for (String id : ids) {
            Fraction was = old.get(id);
            Fraction is = after.fractions().get(id);
            if (was == null) {
                changes.add(id + " is new");
            } else if (is == null) {
                changes.add(id + " is gone");
            } else {
                compare(id, was, is, changes);
            }
        }
        compare("fallback", before.fallback(), after.fallback(), changes);
        compare("leastFamiliarity", orNone(before.leastFamiliarity()), orNone(after.leastFamiliarity()), changes);
        return changes.isEmpty() ? "nothing that sorts" : String.join(", ", changes);
    }

    private static void compare(String id, Fraction was, Fraction is, List<String> changes) {
        compare(id + ".labels", was.labels(), is.labels(), changes);
        compare(id + ".lane", was.lane(), is.lane(), changes);
        compare(id + ".leastConfidence", was.leastConfidence(), is.leastConfidence(), changes);
        compare(id + ".leastGap", was.leastGap(), is.leastGap(), changes);
        if (!was.name().equals(is.name()) || !was.advice().equals(is.advice())) {
            changes.add(id + " in other words");
        }
    }

    private static Object orNone(@Nullable Double value) {
        return value == null ? "none" : value;
    }

    private static void compare(String what, Object was, Object is, List<String> changes) {
        if (!Objects.equals(was, is)) {
            changes.add("%s %s -> %s".formatted(what, was, is));
        }
    }
}
