// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What became of a call from outside.
 *
 * @param fate in a word
 * @param itemId the item as its frames name it; null when it was never named
 * @param capturedAt when its first picture was taken; null when there is none
 * @param line what there is to say, in a line
 */
public record CallOutcome(Fate fate, @Nullable String itemId, @Nullable Instant capturedAt, String line) {
    /** What became of it, in a word. */
    public enum Fate {
        /** A picture became a frame of the item. */
        TAKEN("taken"),
        /** The same item was called before, and a picture of it has become a frame: nothing more was taken. */
        REPEATED("repeated"),
        /** No picture came in time. */
        NO_FRAME("no-frame"),
        /** As many calls wait as may. */
        FULL("full"),
        /** Its time cannot be. */
        REFUSED("refused");

        private final String word;

        Fate(String word) {
            this.word = word;
        }

        /** For metrics and messages. */
        public String word() {
            return word;
        }
    }

    /** Whether there is a frame of the item. */
    public boolean isTaken() {
        return fate == Fate.TAKEN || fate == Fate.REPEATED;
    }
}
