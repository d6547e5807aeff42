// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import org.jspecify.annotations.Nullable;

/** What settings may be. One that is absent has its default, which is within them. */
final class Bounds {
    private Bounds() {}

    static void check(String what, @Nullable Integer value, int least, int most) {
        if (value != null && (value < least || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from %d to %d".formatted(what, value, least, most));
        }
    }

    static void checkShare(String what, @Nullable Double value) {
        if (value != null && !(value > 0 && value <= 1)) {
            throw new IllegalArgumentException("%s is %s: must be above 0 and at most 1".formatted(what, value));
        }
    }
}
