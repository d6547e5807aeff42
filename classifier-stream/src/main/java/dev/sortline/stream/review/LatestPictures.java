// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.review;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The latest picture of each item whose frames still vote, in this process's memory alone: what a crash takes of it nobody asks for again.
 * Bounded in bytes; the oldest goes first. Not thread-safe: each task has its own.
 */
public final class LatestPictures {
    /** Some hundred pictures of a usual size, and no more than a twelfth of a small heap for all partitions together. */
    public static final long MOST_BYTES = 8L << 20;

    private final long mostBytes;
    private final Map<String, Picture> pictures = new LinkedHashMap<>();
    private long bytes;

    /** @param mostBytes of all pictures together, at least 0 */
    public LatestPictures(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** Keeps a picture in place of the item's one before. */
    public void keep(String lineId, String itemId, Picture picture) {
        var unused = take(lineId, itemId);
        pictures.put(key(lineId, itemId), picture);
        bytes += picture.image().length;
        Iterator<Picture> oldest = pictures.values().iterator();
        while (bytes > mostBytes) {
            bytes -= oldest.next().image().length;
            oldest.remove();
        }
    }

    /** Hands an item's picture out and forgets it; nothing where none is kept. */
    public @Nullable Picture take(String lineId, String itemId) {
        @Nullable Picture picture = pictures.remove(key(lineId, itemId));
        if (picture != null) {
            bytes -= picture.image().length;
        }
        return picture;
    }

    private static String key(String lineId, String itemId) {
        return lineId + "/" + itemId;
    }
}
