// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import dev.sortline.camera.publishing.LineCamera;
import java.io.IOException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A topic that holds the frames it is told, or cannot be read. */
final class RememberedFrames implements PublishedFrames {
    final Set<Long> there = ConcurrentHashMap.newKeySet();
    volatile boolean away;
    final AtomicInteger asked = new AtomicInteger();

    @Override
    public Set<Long> among(LineCamera camera, Set<Long> sequences, Instant since) throws IOException {
        asked.incrementAndGet();
        if (away) {
            throw new IOException("no broker");
        }
        var found = new HashSet<>(sequences);
        found.retainAll(there);
        return found;
    }
}
