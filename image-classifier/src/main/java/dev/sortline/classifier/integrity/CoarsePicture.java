// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.util.List;

/**
 * What a JPEG says of its picture without being decoded: of each unit of its scan, which are 8x8 to 32x32 pixels and mostly 16x16, the mean
 * level of each component, and how many bits its detail takes. As the picture is stored, whatever its file says of how it is to be turned.
 * Not changed once it is made, so safe for use by all threads.
 */
public final class CoarsePicture {
    private final int kind;
    private final JpegFrame frame;
    private final int left;
    private final int top;
    private final int across;
    private final int down;
    private final List<float[]> levels;
    private final float[] detail;

    /** @param levels by component and unit of all of the frame, as {@code detail} is */
    CoarsePicture(int kind, JpegFrame frame, List<float[]> levels, float[] detail) {
        this(kind, frame, 0, 0, frame.unitsAcross, frame.unitsDown, List.copyOf(levels), detail);
    }

    private CoarsePicture(
            int kind, JpegFrame frame, int left, int top, int across, int down, List<float[]> levels, float[] detail) {
        this.kind = kind;
        this.frame = frame;
        this.left = left;
        this.top = top;
        this.across = across;
        this.down = down;
        this.levels = levels;
        this.detail = detail;
    }

    /**
     * A part of it: all units with pixels in a window.
     *
     * @param x left column of the window, within the picture
     * @param y its upper row
     * @param width columns, at least 1, none outside of the picture
     * @param height rows
     */
    public CoarsePicture part(int x, int y, int width, int height) {
        int fromColumn = x / frame.unitWidth;
        int fromRow = y / frame.unitHeight;
        int toColumn = (x + width - 1) / frame.unitWidth;
        int toRow = (y + height - 1) / frame.unitHeight;
        return new CoarsePicture(
                kind,
                frame,
                left + fromColumn,
                top + fromRow,
                toColumn - fromColumn + 1,
                toRow - fromRow + 1,
                levels,
                detail);
    }

    /**
     * A number that pictures have in common of the same size, sampling and quantisation, and others hardly ever: only such can be compared,
     * for a coarser quantisation takes fewer bits for the same detail.
     */
    public int kind() {
        return kind;
    }

    /** Units in a row, at least 1. */
    public int across() {
        return across;
    }

    /** Rows of units, at least 1. */
    public int down() {
        return down;
    }

    /** How many components there are: 1 where the picture is grey, 3 where it has colours. */
    public int components() {
        return levels.size();
    }

    /**
     * The mean level of a component over a unit, about 0 to 255: of luminance, or of a difference in colour, for which 128 is grey.
     *
     * @param component from 0; the first is the luminance
     */
    public float level(int component, int column, int row) {
        return levels.get(component)[index(column, row)];
    }

    /** Bits of a unit's codes: more where there is more to see in it. */
    public float bits(int column, int row) {
        return detail[index(column, row)];
    }

    private int index(int column, int row) {
        return (top + row) * frame.unitsAcross + left + column;
    }
}
