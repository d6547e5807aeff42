// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonEnumDefaultValue;

/** What is wrong with a camera, as the classifier sees it. A reader takes a trouble that it does not know for {@link #OTHER}. */
public enum CameraTrouble {
    /** No frame came for too long, or none at all yet. */
    SILENT,
    /** Its clock is ahead of the classifier's. */
    CLOCK_AHEAD,
    /** Its clock is behind the classifier's, or its frames take that long to arrive: from outside nobody can tell. */
    CLOCK_BEHIND,
    /** It sends one and the same picture. */
    FROZEN,
    /** Frames come that came before. */
    REPEATING,
    /** Its frame counter began again. */
    SEQUENCE_RESET,
    /** Numbers are missing in its frame counter: frames did not arrive. */
    FRAMES_MISSING,
    /** A trouble that only newer classifiers tell of. */
    @JsonEnumDefaultValue
    OTHER
}
