// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.shadow;

import dev.sortline.contract.Frame;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait for the shadow: of each line the newest, so that all lines have their turn whatever their rates, and before them a few
 * of the trial line, where somebody waits for each. Safe for use by all threads; {@link #add} never waits.
 */
final class WaitingFrames {
    /** Most frames of the trial line that wait. */
    static final int MOST_TRIALS = 8;

    private final Deque<Frame> trials = new ArrayDeque<>();
    private final Map<String, Frame> newest = new LinkedHashMap<>();

    /** Takes a frame in, and gives the one that had to go for it. */
    synchronized @Nullable Frame add(Frame frame, boolean trial) {
        notifyAll();
        if (!trial) {
            return newest.put(frame.lineId(), frame);
        }
        trials.add(frame);
        return trials.size() > MOST_TRIALS ? trials.poll() : null;
    }

    /** Waits for the next frame. */
    synchronized Frame take() throws InterruptedException {
        while (true) {
            @Nullable Frame trial = trials.poll();
            if (trial != null) {
                return trial;
            }
            Iterator<Frame> next = newest.values().iterator();
            if (next.hasNext()) {
                Frame frame = next.next();
                next.remove();
                return frame;
            }
            wait();
        }
    }
}
