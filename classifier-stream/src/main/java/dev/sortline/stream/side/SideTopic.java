// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.side;

import java.util.function.Consumer;

/** A topic that is written beside the events. Safe for use by all threads. */
public interface SideTopic<V> {
    /**
     * Takes a message to be written, or lets it go; never waits.
     *
     * @param lineId its line, the Kafka key
     * @param bytes about how much memory it holds until it is written, at least 0
     * @param told is told once whether the cluster has it, on any thread; not at all where the topic is closed before
     */
    void publish(String lineId, V message, int bytes, Consumer<Boolean> told);

    /** One that takes everything and writes nothing. */
    static <V> SideTopic<V> nowhere() {
        return (lineId, message, bytes, told) -> {};
    }
}
