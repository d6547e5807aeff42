// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

/**
 * How a folder is replayed.
 *
 * @param framesPerSecond of each camera; above 0 and at most {@value #MAX_FRAMES_PER_SECOND}, for faster than that a
 *     restarted camera could repeat sequence numbers
 * @param loop whether to begin again after the last image
 */
public record ReplaySettings(double framesPerSecond, boolean loop) {
    private static final double MAX_FRAMES_PER_SECOND = 1000;

    public ReplaySettings {
        // Written so that it also refuses what is not a number.
        if (!(framesPerSecond > 0 && framesPerSecond <= MAX_FRAMES_PER_SECOND)) {
            throw new IllegalArgumentException("framesPerSecond is %s: must be above 0 and at most %.0f"
                    .formatted(framesPerSecond, MAX_FRAMES_PER_SECOND));
        }
    }
}
