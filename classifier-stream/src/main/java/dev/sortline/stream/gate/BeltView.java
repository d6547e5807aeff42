// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import dev.sortline.classifier.integrity.CoarsePicture;

/**
 * A coarse picture in cells, at most {@value #MOST_CELLS} a side: a unit of the JPEG each, or the mean of several where the picture is
 * large. Not changed once it is made.
 */
final class BeltView {
    static final int MOST_CELLS = 64;

    private static final float GREY = 128;
    private static final double LN_2 = Math.log(2);

    final int kind;
    final int across;
    final int down;
    /** By channel and cell: luminance (0 to 255), two differences in colour (0 is grey) where there are any, detail (log2 of its bits). */
    final float[][] channels;

    private BeltView(int kind, int across, int down, float[][] channels) {
        this.kind = kind;
        this.across = across;
        this.down = down;
        this.channels = channels;
    }

    static BeltView of(CoarsePicture picture) {
        int side = Math.max(picture.across(), picture.down());
        int units = (side + MOST_CELLS - 1) / MOST_CELLS;
        // What is left at the right and at the bottom belongs to the last cell.
        int across = Math.max(1, picture.across() / units);
        int down = Math.max(1, picture.down() / units);
        int components = picture.components();
        float[][] channels = new float[components + 1][across * down];
        int[] count = new int[across * down];
        for (int row = 0; row < picture.down(); row++) {
            for (int column = 0; column < picture.across(); column++) {
                int cell = Math.min(row / units, down - 1) * across + Math.min(column / units, across - 1);
                for (int component = 0; component < components; component++) {
                    channels[component][cell] += picture.level(component, column, row);
                }
                channels[components][cell] += picture.bits(column, row);
                count[cell]++;
            }
        }
        for (int cell = 0; cell < count.length; cell++) {
            for (int component = 0; component < components; component++) {
                channels[component][cell] = channels[component][cell] / count[cell] - (component == 0 ? 0 : GREY);
            }
            channels[components][cell] = (float) (Math.log1p(channels[components][cell] / count[cell]) / LN_2);
        }
        return new BeltView(picture.kind(), across, down, channels);
    }

    int cells() {
        return across * down;
    }

    /** Whether a channel is light or colour, which lamps change in proportion. */
    boolean isLit(int channel) {
        return channel < channels.length - 1;
    }
}
