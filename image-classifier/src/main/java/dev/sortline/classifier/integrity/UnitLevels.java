// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.integrity;

import java.util.List;

/** Keeps what the units of a scan show, one after the other. Not thread-safe. */
final class UnitLevels {
    /** A grey level of 0 is told as so much. */
    private static final float GREY = 128;

    private final JpegFrame frame;
    private final float[][] levels;
    private final float[] bits;
    private long readBefore;

    UnitLevels(JpegFrame frame, int components) {
        this.frame = frame;
        this.bits = new float[frame.unitsAcross * frame.unitsDown];
        this.levels = new float[components][bits.length];
    }

    /** The next unit begins after so many bits. */
    void begin(long read) {
        readBefore = read;
    }

    /**
     * A component of a unit was passed over.
     *
     * @param sum of its blocks' levels, in the table's steps
     * @param level what a step is worth in the mean of the blocks, in grey levels
     */
    void level(int component, int unit, int sum, float level) {
        levels[component][unit] = GREY + sum * level;
    }

    /** All of a unit was passed over, after so many bits. */
    void end(int unit, long read) {
        bits[unit] = read - readBefore;
        readBefore = read;
    }

    CoarsePicture picture(int kind) {
        return new CoarsePicture(kind, frame, List.of(levels), bits);
    }
}
