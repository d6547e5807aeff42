// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.teaching;

import dev.sortline.classifier.model.PixelScaling;

/** One augmented picture, which can be painted for networks that want it in other sizes and ranges. */
@FunctionalInterface
public interface Shot {

    /**
     * Paints it.
     *
     * @param size width and height in pixels
     * @return {@code size * size * 3} values in that range, RGB, rows first; the caller's
     */
    float[] paint(int size, PixelScaling scaling);
}
