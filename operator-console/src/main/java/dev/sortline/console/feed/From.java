// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import java.time.Instant;

/** From where on a topic is read. A topic, or a part of one, that only comes into being while it is read is read whole. */
public sealed interface From {
    /** What comes from now on. */
    From END = new End();

    /** All that it holds. */
    From BEGINNING = new Beginning();

    /** What was written since a time, by its records' timestamps. */
    static From since(Instant time) {
        return new Since(time);
    }

    /** See {@link #END}. */
    record End() implements From {}

    /** See {@link #BEGINNING}. */
    record Beginning() implements From {}

    /**
     * See {@link #since}.
     *
     * @param time the earliest timestamp that is read
     */
    record Since(Instant time) implements From {}
}
