// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.likeness;

import java.nio.file.Path;

/**
 * A picture that looks like one that was trained on.
 *
 * @param image the picture that is evaluated on
 * @param label what it is said to show
 * @param of the picture that was trained on
 * @param ofLabel what that is said to show
 * @param distance bits in which their fingerprints differ, at least 0: 0 for copies
 */
public record NearDuplicate(Path image, String label, Path of, String ofLabel, int distance) {
    public NearDuplicate {
        if (distance < 0) {
            throw new IllegalArgumentException("distance must be at least 0, but is " + distance);
        }
    }

    /** Whether one of the two labels is probably wrong. */
    public boolean labelsDiffer() {
        return !label.equals(ofLabel);
    }
}
