// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.book;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Pictures in memory, up to a number of bytes: what was not asked for the longest goes first. Safe for use by several threads. */
public final class PictureShelf {
    private final long mostBytes;
    private final Map<String, byte[]> pictures = new LinkedHashMap<>(16, 0.75f, true);
    private long bytes;

    /** @param mostBytes more bytes of pictures than these are never kept; at least 1 */
    public PictureShelf(long mostBytes) {
        if (mostBytes < 1) {
            throw new IllegalArgumentException("mostBytes is " + mostBytes + ": must be at least 1");
        }
        this.mostBytes = mostBytes;
    }

    /** Keeps a picture, shared, not copied: nobody may write to it. */
    public synchronized void put(String key, byte[] picture) {
        byte[] before = pictures.put(key, picture);
        bytes += picture.length - (before == null ? 0 : before.length);
        Iterator<byte[]> eldest = pictures.values().iterator();
        while (bytes > mostBytes) {
            bytes -= eldest.next().length;
            eldest.remove();
        }
    }

    /** The picture, if it is still here. */
    public synchronized Optional<byte[]> get(String key) {
        return Optional.ofNullable(pictures.get(key));
    }
}
