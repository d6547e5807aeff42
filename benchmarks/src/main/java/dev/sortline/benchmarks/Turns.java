// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import java.util.List;
import java.util.stream.IntStream;

/**
 * One figure of several turns.
 *
 * @param median the middle one; of an even number the mean of the two in the middle
 * @param turns all of them in the order in which they were taken, at least one
 */
public record Turns(double median, List<Double> turns) {
    public Turns {
        if (turns.isEmpty()) {
            throw new IllegalArgumentException("turns is empty: there must be one at least");
        }
        turns = List.copyOf(turns);
    }

    static Turns of(List<Double> turns) {
        List<Double> sorted = turns.stream().sorted().toList();
        int middle = sorted.size() / 2;
        double median = sorted.size() % 2 == 1
                ? sorted.get(middle)
                : sorted.isEmpty() ? Double.NaN : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
        return new Turns(median, turns);
    }

    /**
     * The median of each turn's ratio to another figure of the same turn, in which the machine was as it was for both.
     *
     * @param other of as many turns, all above 0
     */
    double ratioTo(Turns other) {
        return of(IntStream.range(0, turns.size())
                        .mapToObj(i -> turns.get(i) / other.turns.get(i))
                        .toList())
                .median();
    }
}
