// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import java.time.Instant;
import java.util.Arrays;

/** Counts what happened in each of the last 60 seconds. */
final class LastMinute {
    private static final int SECONDS = 60;

    private final int[] counts = new int[SECONDS];
    private final long[] seconds = new long[SECONDS];

    LastMinute() {
        Arrays.fill(seconds, Long.MIN_VALUE);
    }

    void count(Instant at) {
        long second = at.getEpochSecond();
        int place = Math.floorMod(second, SECONDS);
        if (seconds[place] > second) {
            return;
        }
        if (seconds[place] < second) {
            seconds[place] = second;
            counts[place] = 0;
        }
        counts[place]++;
    }

    /** How often in the last minute, the second under way included. */
    int sum(Instant now) {
        return sum(now, 0, SECONDS);
    }

    /** How often a second, over so many whole seconds before the one under way; at most 59. */
    double perSecond(Instant now, int whole) {
        return (double) sum(now, 1, whole + 1) / whole;
    }

    private int sum(Instant now, int from, int until) {
        long newest = now.getEpochSecond();
        int sum = 0;
        for (int place = 0; place < SECONDS; place++) {
            if (seconds[place] > newest - until && seconds[place] <= newest - from) {
                sum += counts[place];
            }
        }
        return sum;
    }
}
