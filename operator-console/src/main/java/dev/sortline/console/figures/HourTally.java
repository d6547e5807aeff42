// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.console.figures.LineReport.Hour;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What an hour has come to on one line. */
final class HourTally {
    private final Map<Decision, Long> decisions = new EnumMap<>(Decision.class);
    private final NameCounts fractions = new NameCounts();
    private final Mean confidence = new Mean();

    void add(RoutingEvent event) {
        decisions.merge(event.decision(), 1L, Long::sum);
        String fraction = event.fraction();
        if (fraction != null) {
            fractions.add(fraction, 1);
        }
        Double sure = event.confidence();
        if (sure != null) {
            confidence.add(sure);
        }
    }

    void add(HourTally other) {
        other.decisions.forEach((decision, count) -> decisions.merge(decision, count, Long::sum));
        other.fractions.byName().forEach(fractions::add);
        confidence.add(other.confidence);
    }

    long items() {
        return decisions.values().stream().mapToLong(Long::longValue).sum();
    }

    long of(Decision decision) {
        return decisions.getOrDefault(decision, 0L);
    }

    long unsure() {
        return of(Decision.AMBIGUOUS) + of(Decision.UNCERTAIN);
    }

    Map<String, Long> fractions() {
        return fractions.byName();
    }

    @Nullable Double meanConfidence() {
        return confidence.value();
    }

    Hour told(Instant hour) {
        return new Hour(
                hour, items(), unsure(), of(Decision.LATE), of(Decision.UNREADABLE), meanConfidence(), fractions());
    }
}
