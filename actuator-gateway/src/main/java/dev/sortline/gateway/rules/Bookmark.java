// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import java.util.Base64;
import java.util.BitSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Where whoever has a partition's lines next goes on, as it is committed to the cluster.
 *
 * @param firstOpen offset of the first event that has no fate yet
 * @param settledBeyond offsets after it whose events have theirs: their ejectors were nearer
 */
public record Bookmark(long firstOpen, Set<Long> settledBeyond) {
    /** Below what a broker takes beside an offset unless it is told otherwise, 4096 characters; what lies further ahead is not told. */
    private static final int MOST_BITS = 3_000 * 8;

    public Bookmark {
        settledBeyond = Set.copyOf(settledBeyond);
    }

    /** The second half, as it is kept beside the offset. */
    public String metadata() {
        var bits = new BitSet();
        settledBeyond.stream()
                .map(offset -> offset - firstOpen)
                .filter(ahead -> ahead < MOST_BITS)
                .forEach(ahead -> bits.set(ahead.intValue()));
        return Base64.getEncoder().encodeToString(bits.toByteArray());
    }

    /** What either of them knows to be settled. */
    public Bookmark and(Bookmark other) {
        long first = Math.max(firstOpen, other.firstOpen);
        var settled = new TreeSet<Long>(settledBeyond);
        settled.addAll(other.settledBeyond);
        while (settled.contains(first)) {
            first++;
        }
        return new Bookmark(first, settled.tailSet(first));
    }

    /** What was committed; of metadata that somebody else has written nothing is taken. */
    public static Bookmark of(long firstOpen, String metadata) {
        try {
            var bits = BitSet.valueOf(Base64.getDecoder().decode(metadata));
            return new Bookmark(
                    firstOpen,
                    bits.stream()
                            .limit(MOST_BITS)
                            .mapToObj(ahead -> firstOpen + ahead)
                            .collect(Collectors.toSet()));
        } catch (IllegalArgumentException e) {
            return new Bookmark(firstOpen, Set.of());
        }
    }
}
