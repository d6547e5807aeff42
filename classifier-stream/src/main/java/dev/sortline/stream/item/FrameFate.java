// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Decision;
import dev.sortline.stream.item.FrameReading.EmptyBelt;
import dev.sortline.stream.item.FrameReading.TooLate;
import dev.sortline.stream.item.FrameReading.Unreadable;

/** What became of a frame: each has exactly one. */
public enum FrameFate {
    /** It shows an item for which there is a routing event. */
    ROUTED,
    /** It shows an empty belt: no event. */
    EMPTY,
    /** Its item can no longer be moved in time, or the answer came too late. */
    LATE,
    /** Its envelope or its image could not be read: it lies in the dead-letter topic. */
    UNREADABLE,
    /** It came before: it changes nothing. */
    REPEATED;

    /** The fate of a frame that is no part of an item's decision: what it shows. */
    public static FrameFate of(FrameReading reading) {
        if (reading instanceof TooLate) {
            return LATE;
        }
        if (reading instanceof Unreadable) {
            return UNREADABLE;
        }
        return reading instanceof EmptyBelt ? EMPTY : ROUTED;
    }

    /** The fate of a frame that led to a decision. */
    public static FrameFate of(Decision decision) {
        return switch (decision) {
            case SORT, AMBIGUOUS, UNCERTAIN -> ROUTED;
            case LATE -> LATE;
            case UNREADABLE -> UNREADABLE;
        };
    }
}
