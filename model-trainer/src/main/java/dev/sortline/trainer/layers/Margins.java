// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

/** Rows and columns at the edges of a picture. */
public record Margins(long top, long bottom, long left, long right) {
    public Margins {
        if (top < 0 || bottom < 0 || left < 0 || right < 0) {
            throw new IllegalArgumentException(
                    "margins are at least 0, but are %d, %d, %d, %d".formatted(top, bottom, left, right));
        }
    }

    boolean isNone() {
        return top == 0 && bottom == 0 && left == 0 && right == 0;
    }

    /** Those of the picture turned by half: what is at the top is at the bottom. */
    public Margins opposite() {
        long[] sides = {bottom, top, right, left};
        return new Margins(sides[0], sides[1], sides[2], sides[3]);
    }

    /** What TensorFlow's {@code SAME} puts around a picture. */
    public static Margins same(long rows, long columns, long kernelRows, long kernelColumns, Window window) {
        long high = around(rows, kernelRows, window.strideRows(), window.dilationRows());
        long wide = around(columns, kernelColumns, window.strideColumns(), window.dilationColumns());
        return new Margins(high / 2, high - high / 2, wide / 2, wide - wide / 2);
    }

    private static long around(long size, long kernel, long stride, long dilation) {
        long answers = (size + stride - 1) / stride;
        return Math.max(0, (answers - 1) * stride + (kernel - 1) * dilation + 1 - size);
    }
}
