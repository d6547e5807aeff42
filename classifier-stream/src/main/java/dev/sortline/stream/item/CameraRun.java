// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Frame;
import dev.sortline.sorting.Line;
import java.time.Duration;
import java.time.Instant;

/**
 * Frames of a free-running camera that follow each other without an empty belt between them: they show one item. Its id is derived from the
 * first of them, so that it is the same when they are read again.
 *
 * @param itemId the item
 * @param startedAt when the first frame was captured
 * @param frames how many there are, at least 1
 * @param lastSequence the camera's last frame
 * @param lastCapturedAt when that was captured
 * @param ended whether an empty belt followed
 */
public record CameraRun(
        String itemId, Instant startedAt, int frames, long lastSequence, Instant lastCapturedAt, boolean ended) {

    public static CameraRun startingAt(Frame frame) {
        return new CameraRun(frame.item(), frame.capturedAt(), 1, frame.sequence(), frame.capturedAt(), false);
    }

    /** Whether the camera's frame was there before: then it begins and continues nothing. */
    public boolean hasSeen(Frame frame) {
        // A camera that wrongly counts from 0 again after a restart goes on with new times: its frames are new.
        return frame.sequence() <= lastSequence && !frame.capturedAt().isAfter(lastCapturedAt);
    }

    /** Whether the frame shows the run's item; otherwise it begins a new run. */
    public boolean goesOnWith(Frame frame, Line line) {
        Duration age = Duration.between(startedAt, frame.capturedAt());
        return !ended
                && frames < line.framesPerItem()
                && age.compareTo(line.belt().mostTimeToDecide()) <= 0;
    }

    public CameraRun with(Frame frame) {
        return new CameraRun(itemId, startedAt, frames + 1, frame.sequence(), frame.capturedAt(), false);
    }

    /** The run, over with the empty belt that a frame shows. */
    public CameraRun endedBy(Frame frame) {
        return new CameraRun(itemId, startedAt, frames, frame.sequence(), frame.capturedAt(), true);
    }
}
