// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;

/**
 * Who would see an ejector's node change: those who have subscribed to it, and those who read it again and again. Nodes go by their
 * path in the namespace. Safe to use from any thread.
 */
final class FireWatchers {
    /** Who reads instead of subscribing must do so this often, to be there. */
    private static final long READ_WITHIN_NANOS = Duration.ofMillis(500).toNanos();

    private final Set<DataItem> subscribed = ConcurrentHashMap.newKeySet();
    private final Map<String, Long> readNanos = new ConcurrentHashMap<>();

    /** Somebody subscribes to an ejector's node. */
    void subscribe(DataItem item) {
        subscribed.add(item);
    }

    /** Nobody is told any more by way of these, whatever they are. */
    void unsubscribe(List<DataItem> items) {
        items.forEach(subscribed::remove);
    }

    /** Somebody reads an ejector's node. */
    void read(String path) {
        readNanos.put(path, System.nanoTime());
    }

    /** The sessions that have subscribed to a node and are being told of it. */
    Set<Session> sessions(String path) {
        Set<Session> sessions = new HashSet<>();
        for (DataItem item : subscribed) {
            if (item.isSamplingEnabled()
                    && item instanceof BaseMonitoredItem<?> watched
                    && path.equals(item.getReadValueId().getNodeId().getIdentifier())) {
                sessions.add(watched.getSession());
            }
        }
        return sessions;
    }

    /** Whether somebody reads a node again and again. */
    boolean isRead(String path) {
        Long read = readNanos.get(path);
        return read != null && System.nanoTime() - read < READ_WITHIN_NANOS;
    }
}
