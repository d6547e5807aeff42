// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.publishing;

import dev.sortline.contract.Frame;

/** Hears what became of a frame that was sent: one of the two is called, once, on the publisher's thread, so it must not block. */
@FunctionalInterface
public interface FrameReceipt {
    /** Wants to know nothing. */
    FrameReceipt NONE = frame -> {};

    /** The cluster has acknowledged it. Who reads the line may have seen it before. */
    void published(Frame frame);

    /** The cluster refused it, or did not acknowledge it in time: then it may be there all the same. */
    default void lost(Frame frame, Exception reason) {}

    /** Whether a frame that was lost is not to be counted as failed, for it is sent again, or counted by whoever sent it. */
    default boolean looksAfterLosses() {
        return false;
    }
}
