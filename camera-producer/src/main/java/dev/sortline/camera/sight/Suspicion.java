// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.sight;

/** Becomes certain after some bad looks in a row, and is given up after some good ones; a look between the two ends either row. */
final class Suspicion {
    /** So many good ones. */
    static final int GOOD_LOOKS = 3;

    private final int badLooks;
    private int bad;
    private int good;
    private boolean certain;

    Suspicion(int badLooks) {
        this.badLooks = badLooks;
    }

    /** A bad look. */
    void bad() {
        good = 0;
        bad++;
        certain |= bad >= badLooks;
    }

    /** A good look. */
    void good() {
        bad = 0;
        good++;
        certain &= good < GOOD_LOOKS;
    }

    /** A look that is neither bad enough nor good enough: none of either in a row any more. */
    void neither() {
        bad = 0;
        good = 0;
    }

    boolean isCertain() {
        return certain;
    }
}
