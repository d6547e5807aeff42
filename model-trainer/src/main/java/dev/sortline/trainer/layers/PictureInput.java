// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import java.util.List;

/**
 * How a network is fed.
 *
 * @param size width and height of the pictures in pixels
 * @param mean what is taken off red, green and blue before anything else, in the values that come in; empty where nothing is
 * @param deviation what they are divided by after that; as many as of {@code mean}, none of them 0
 */
public record PictureInput(int size, List<Float> mean, List<Float> deviation) {
    private static final int CHANNELS = 3;

    public PictureInput {
        mean = List.copyOf(mean);
        deviation = List.copyOf(deviation);
        if (mean.size() != deviation.size() || (!mean.isEmpty() && mean.size() != CHANNELS)) {
            throw new IllegalArgumentException(
                    "mean and std are three numbers each, of red, green and blue, but are %s and %s"
                            .formatted(mean, deviation));
        }
        if (deviation.contains(0f)) {
            throw new IllegalArgumentException("nothing is divided by a std of 0, but it is " + deviation);
        }
    }

    /** Values as they come in. */
    public static PictureInput of(int size) {
        return new PictureInput(size, List.of(), List.of());
    }
}
