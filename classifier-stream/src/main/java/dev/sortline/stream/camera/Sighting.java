// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

import java.time.Instant;

/** What {@link WatchedCamera} makes of a frame. */
public sealed interface Sighting {
    /**
     * A frame to be decided by.
     *
     * @param capturedAt when it was captured, by our clock
     */
    record Sound(Instant capturedAt) implements Sighting {}

    /**
     * A frame whose picture is no new one.
     *
     * @param capturedAt when it was captured, by our clock
     * @param problem what is wrong, in one line
     */
    record Frozen(Instant capturedAt, String problem) implements Sighting {}

    /** A frame whose time of capture cannot be; {@code problem} says why, in one line. */
    record Unbelievable(String problem) implements Sighting {}

    /** A frame that came before. */
    record Repeated() implements Sighting {}
}
