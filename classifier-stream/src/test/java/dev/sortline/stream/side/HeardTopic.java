// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.side;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A topic beside the events that is heard instead of written. */
public final class HeardTopic<V> implements SideTopic<V> {
    private final List<V> messages = new CopyOnWriteArrayList<>();
    private boolean away;

    /** From now on the cluster takes nothing. */
    public void goAway() {
        away = true;
    }

    @Override
    public void publish(String lineId, V message, int bytes, Consumer<Boolean> told) {
        if (!away) {
            messages.add(message);
        }
        told.accept(!away);
    }

    public List<V> messages() {
        return List.copyOf(messages);
    }
}
