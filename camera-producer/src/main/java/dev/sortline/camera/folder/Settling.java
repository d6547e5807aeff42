// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells which files nobody writes to any more. Pure: it is told what is there, and the time. For one thread. */
final class Settling {
    /** A picture whose end has not come for so long never ends. */
    static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(1);

    private final long settleNanos;
    private final Map<Path, Sighting> sightings = new HashMap<>();

    /**
     * A file as it is found.
     *
     * @param size in bytes
     * @param modified when it was written to, by its file system's clock
     */
    record Found(Path file, long size, Instant modified) {
        static final Comparator<Found> IN_ORDER =
                Comparator.comparing(Found::modified).thenComparing(Found::file);
    }

    /** A file as it was found, since when it has been so, and whether its end was looked for in vain. */
    private record Sighting(Found found, long since, boolean unfinished) {}

    /** @param settle how long a file must not have changed */
    Settling(Duration settle) {
        this.settleNanos = settle.toNanos();
    }

    /**
     * The files to be read now, in the order of their time and name.
     *
     * @param there all files
     * @param nanos now, by a clock that only ever goes forward
     * @param now by the clock that file systems go by: a file that was not written to for so long has not just begun
     */
    List<Found> settled(List<Found> there, long nanos, Instant now) {
        Map<Path, Sighting> before = new HashMap<>(sightings);
        sightings.clear();
        List<Found> settled = new ArrayList<>();
        for (Found found : there) {
            Sighting known = before.get(found.file());
            Sighting sighting = known != null && known.found().equals(found)
                    ? known
                    : new Sighting(found, since(found, known == null, nanos, now), false);
            sightings.put(found.file(), sighting);
            if (!sighting.unfinished() && nanos - sighting.since() >= settleNanos) {
                settled.add(found);
            }
        }
        settled.sort(Found.IN_ORDER);
        return settled;
    }

    /** A file that came whole, by being renamed or before anybody watched, need not be waited for. */
    private long since(Found found, boolean isNew, long nanos, Instant now) {
        boolean old = Duration.between(found.modified(), now).toNanos() >= settleNanos;
        return isNew && old ? nanos - settleNanos : nanos;
    }

    /** A file was read, and the picture in it has no end: it is not read again until it has changed. */
    void unfinished(Found found) {
        Sighting known = sightings.get(found.file());
        if (known != null) {
            sightings.put(found.file(), new Sighting(known.found(), known.since(), true));
        }
    }

    /** Files whose end has not come within a minute. */
    List<Found> givenUp(long nanos) {
        return sightings.values().stream()
                .filter(sighting -> sighting.unfinished() && nanos - sighting.since() >= GIVEN_UP_AFTER.toNanos())
                .map(Sighting::found)
                .toList();
    }

    /** In how many nanoseconds the next file settles if it is not changed; very many when none will. */
    long untilNext(long nanos) {
        return sightings.values().stream()
                .filter(sighting -> !sighting.unfinished())
                .mapToLong(sighting -> Math.max(0, sighting.since() + settleNanos - nanos))
                .min()
                .orElse(Long.MAX_VALUE);
    }
}
