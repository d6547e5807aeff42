// SPDX-License-Identifier: Apache-2.0
package dev.sortline.tracing;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came and has not gone yet, by its id. Where there is no room the oldest goes: whatever never leaves must not fill the memory. Any thread
 * may call it.
 */
final class OnTheirWay<V> {
    private final Map<String, V> byId;

    OnTheirWay(int most) {
        byId = new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
                return size() > most;
            }
        };
    }

    /** What has come before under the same id stays: this is a repeat of it. */
    synchronized void add(String id, V value) {
        var unused = byId.putIfAbsent(id, value);
    }

    /** Takes it out; absent when it is not there. */
    synchronized @Nullable V remove(String id) {
        return byId.remove(id);
    }
}
