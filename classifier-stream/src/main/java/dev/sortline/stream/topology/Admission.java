// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.RefusalReason;

/** What {@link FrameAdmission} makes of a record. */
sealed interface Admission {
    /** A frame to be looked at. */
    record Taken(TakenFrame taken) implements Admission {}

    /** A frame that is too old to be decoded. */
    record TooOld(TakenFrame taken) implements Admission {}

    /** A frame whose picture is no new one; {@code problem} says why, in one line. */
    record Frozen(TakenFrame taken, String problem) implements Admission {}

    /** A frame of a line whose time of capture cannot be; {@code problem} says why, in one line. */
    record Unbelievable(String line, String problem) implements Admission {}

    /** A frame of a line that came before. */
    record Repeated(String line) implements Admission {}

    /** A record of which it is not known what item it shows; {@code detail} says why, in one line. */
    record NoFrame(RefusalReason reason, String detail) implements Admission {}

    /** Looking at the record failed in a way that nobody foresaw. */
    record Failed(RuntimeException failure) implements Admission {}
}
