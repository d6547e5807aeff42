// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import dev.sortline.contract.Frame;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import java.time.Instant;

/**
 * What an item is called whose id was another's before: triggers count, and begin again. An item cannot be seen any more once it has passed
 * the belt, so a frame that comes later shows another one. Its name has the time of its first frame, so that it is the same when that is
 * read again.
 */
public final class ItemName {
    private ItemName() {}

    /** Whether a frame with the id of an item that was decided then shows another item. */
    public static boolean isUsedAgain(TakenFrame taken, Instant decidedAt) {
        return taken.capturedAt().isAfter(decidedAt.plus(taken.line().belt().longestWay()));
    }

    /** The name of an item whose first frame this is. */
    public static String ofUsedAgain(Frame first) {
        return first.itemId() + "." + first.capturedAt().toEpochMilli();
    }
}
