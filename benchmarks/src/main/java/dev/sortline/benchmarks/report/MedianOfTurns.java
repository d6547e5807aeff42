// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One figure of several turns.
 *
 * @param median the middle one; of an even number the mean of the two in the middle
 * @param turns all of them in the order in which they were taken, at least one
 */
public record MedianOfTurns(double median, List<Double> turns) {
    public MedianOfTurns {
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("turns is empty: there must be one at least");
        }
        turns = List.copyOf(turns);
    }

    /**
     * The median of some figures.
     *
     * @param turns at least one, in the order in which they were taken
     */
    public static MedianOfTurns of(List<Double> turns) {
        List<Double> sorted = turns.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.isEmpty() ? Double.NaN : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new MedianOfTurns(median, turns);
    }

    /**
     * The median of each turn's ratio to another figure of the same turn, in which the machine was as it was for both.
     *
     * @param other of as many turns, all above 0
     */
    public double ratioTo(MedianOfTurns other) {
        return of(IntStream.range(0, turns.size())
                        .mapToObj(i -> turns.get(i) / other.turns.get(i))
                        .toList())
                .median();
    }
}
