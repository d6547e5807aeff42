// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.BilingualText;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Events and a plan to test with: glass goes to lane G, metal to M, all else to the residual lane R, which is no fraction's. */
public final class Events {
    /** How long each decision took. */
    public static final Duration LATENCY = Duration.ofMillis(20);

    /** Two fractions; whatever is neither is trash, on lane T. */
    public static final SortingPlan PLAN = plan();

    private static final RoutingEvent.Model MODEL = new RoutingEvent.Model("waste", "1");
    private static final RoutingEvent.StageMicros MICROS = new RoutingEvent.StageMicros(1, 1, 1, 1);

    private Events() {}

    private static SortingPlan plan() {
        Map<String, SortingPlan.Fraction> fractions = new LinkedHashMap<>();
        fractions.put("glass", fraction("G", "green-glass", "white-glass"));
        fractions.put("metal", fraction("M", "can"));
        fractions.put("trash", fraction("T"));
        return new SortingPlan(fractions, "trash", null);
    }

    private static SortingPlan.Fraction fraction(String lane, String... labels) {
        var text = new BilingualText("name", "nama");
        return new SortingPlan.Fraction(text, text, List.of(labels), lane, 0.5, 0.1);
    }

    /** An item that was sorted as green glass with 0.9. */
    public static RoutingEvent glass(String line, String item, Instant decidedAt) {
        return event(line, item, decidedAt, Decision.SORT, "green-glass", "glass", "G", 0.9, null);
    }

    /** An item of known truth that was sorted as green glass with 0.9. */
    public static RoutingEvent glassThatIs(String truth, String line, String item, Instant decidedAt) {
        return event(line, item, decidedAt, Decision.SORT, "green-glass", "glass", "G", 0.9, truth);
    }

    /** An item of known truth that most looked like a can, with 0.4, and ran on. */
    public static RoutingEvent unsureCanThatIs(String truth, String line, String item, Instant decidedAt) {
        return event(line, item, decidedAt, Decision.UNCERTAIN, "can", "metal", "R", 0.4, truth);
    }

    /** An item that was not classified. */
    public static RoutingEvent unclassified(Decision decision, String line, String item, Instant decidedAt) {
        return event(line, item, decidedAt, decision, null, null, "R", null, null);
    }

    /** Any event; the label's probability is the confidence, and another label has the rest. */
    public static RoutingEvent event(
            String line,
            String item,
            Instant decidedAt,
            Decision decision,
            @Nullable String label,
            @Nullable String fraction,
            String lane,
            @Nullable Double confidence,
            @Nullable String truth) {
        Map<String, Double> probabilities = new LinkedHashMap<>();
        if (label != null && confidence != null) {
            probabilities.put(label, confidence);
            probabilities.put("empty", 1 - confidence);
        }
        return new RoutingEvent(
                line,
                item,
                List.of(line + "/" + item),
                decision,
                label,
                fraction,
                lane,
                null,
                confidence,
                confidence,
                null,
                probabilities,
                decidedAt.minus(LATENCY),
                decidedAt,
                null,
                null,
                null,
                MODEL,
                "plan",
                "0123456789ab",
                decision == Decision.SORT ? null : "it was not",
                truth,
                MICROS);
    }
}
