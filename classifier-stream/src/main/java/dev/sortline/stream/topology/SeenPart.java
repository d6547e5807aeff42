// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.contract.Frame;
import dev.sortline.sorting.Line;

/** Which part of a frame's picture is looked at: where the belt lies, as far as that is said of its camera. */
public final class SeenPart {
    private SeenPart() {}

    /** Of a frame of that line. */
    public static PictureRegion of(Frame frame, Line line) {
        return line.belt()
                .region(frame.cameraId())
                .map(belt -> new PictureRegion(belt.left(), belt.top(), belt.width(), belt.height()))
                .orElse(PictureRegion.WHOLE);
    }
}
