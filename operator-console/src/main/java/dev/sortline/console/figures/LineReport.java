// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import dev.sortline.contract.Decision;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a shift came to on one line. Shares are of all its items, 0..1, and {@code null} where there were none.
 *
 * @param line its id
 * @param items how many items were decided
 * @param decisions how many by what was decided; each decision is there
 * @param fractions the items by their most probable fraction, sorted by its id, also those that were not sure enough to be sorted
 * @param lanes the items by the lane to which they were sent, sorted by its name
 * @param unsureShare share of the items that ran on because their answer was not sure enough
 * @param lateShare share of the items that were decided too late
 * @param unreadableShare share of the items whose picture could not be read
 * @param meanConfidence mean calibrated probability of the items' fractions; {@code null} where none was classified
 * @param downtimeSeconds how long the stops were, all together
 * @param stops when there was no item for more than {@link ShiftReport#STOP}, in their order
 * @param latencyMillis from capture to decision; {@code null} where no item could be read
 * @param hours by the hours of UTC that the shift touches, in their order, also those without an item
 */
public record LineReport(
        String line,
        long items,
        Map<Decision, Long> decisions,
        List<FractionShare> fractions,
        List<LaneFigures> lanes,
        @Nullable Double unsureShare,
        @Nullable Double lateShare,
        @Nullable Double unreadableShare,
        @Nullable Double meanConfidence,
        double downtimeSeconds,
        List<Stop> stops,
        @Nullable Latency latencyMillis,
        List<Hour> hours) {
    public LineReport {
        decisions = Collections.unmodifiableMap(new EnumMap<>(decisions));
        fractions = List.copyOf(fractions);
        lanes = List.copyOf(lanes);
        stops = List.copyOf(stops);
        hours = List.copyOf(hours);
    }

    /**
     * What was seen of a fraction.
     *
     * @param fraction its id in the plan
     * @param items how many items
     * @param share their share of the line's items, 0..1
     */
    public record FractionShare(String fraction, long items, double share) {}

    /**
     * What went to a lane.
     *
     * @param lane its name
     * @param items how many items were sent there
     * @param share their share of the line's items, 0..1
     * @param truthKnown of how many of them the true label is known
     * @param purity share of those that belong there by the line's plan; {@code null} where of none the truth is known, or where no fraction belongs
     * @param recovery share of the items of known truth that belong there which were sent there; {@code null} where there were none
     */
    public record LaneFigures(
            String lane, long items, double share, long truthKnown, @Nullable Share purity, @Nullable Share recovery) {}

    /**
     * A time without an item.
     *
     * @param from when the item before it was decided, or when the shift began
     * @param to when the item after it was decided, or when the shift ended
     */
    public record Stop(Instant from, Instant to) {}

    /**
     * How long decisions took.
     *
     * @param p50 half of them were faster, milliseconds
     * @param p99 99 in 100 were faster, milliseconds
     */
    public record Latency(double p50, double p99) {}

    /**
     * What an hour came to.
     *
     * @param hour when it began
     * @param items how many items were decided
     * @param unsure how many of them were not sure enough to be sorted
     * @param late how many were decided too late
     * @param unreadable how many could not be read
     * @param meanConfidence mean calibrated probability of their fractions; {@code null} where none was classified
     * @param fractions how many by their most probable fraction, sorted by its id
     */
    public record Hour(
            Instant hour,
            long items,
            long unsure,
            long late,
            long unreadable,
            @Nullable Double meanConfidence,
            Map<String, Long> fractions) {}
}
