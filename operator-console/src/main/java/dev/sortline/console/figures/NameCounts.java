// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Counts by a name that others choose. However many names there are, it keeps a few; the rest go by the name {@value #OTHERS}. */
final class NameCounts {
    /** So many fractions or lanes are enough for any line. */
    static final int MOST = 64;

    static final String OTHERS = "…";

    private final int most;
    private final Map<String, Long> counts = new TreeMap<>();

    NameCounts() {
        this(MOST);
    }

    /** @param most how many names it keeps */
    NameCounts(int most) {
        this.most = most;
    }

    void add(String name, long count) {
        boolean room = counts.size() < most || counts.containsKey(name);
        counts.merge(room ? name : OTHERS, count, Long::sum);
    }

    long of(String name) {
        return counts.getOrDefault(name, 0L);
    }

    /** The counts by their names, sorted. */
    Map<String, Long> byName() {
        return Collections.unmodifiableMap(new TreeMap<>(counts));
    }
}
