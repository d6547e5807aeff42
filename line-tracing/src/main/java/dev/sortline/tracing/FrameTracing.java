// SPDX-License-Identifier: Apache-2.0
package dev.sortline.tracing;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Hears of frames on their way, and tells of those that are traced. Any thread may call it; no method waits for anything, nor fails. Docs:
 * docs/tracing.md.
 */
public interface FrameTracing extends AutoCloseable {
    /** Tells nothing, and does nothing. */
    FrameTracing OFF = new FrameTracing() {};

    /**
     * A frame is handed to the cluster. Its trace begins, at its capture, and goes with it.
     *
     * @param headers of its record; get the trace's
     * @return hears what becomes of it
     */
    default Sending sending(Frame frame, Headers headers) {
        return Sending.UNTRACED;
    }

    /** A frame came to where it is classified, with the headers of its record. */
    default void received(Frame frame, Headers headers) {}

    /**
     * An item was decided from frames that came.
     *
     * @param headers of the event's record; get the trace's
     */
    default void decided(RoutingEvent event, Headers headers) {}

    /** An event came to where ejectors are fired, with the headers of its record. */
    default void received(RoutingEvent event, Headers headers) {}

    /**
     * An event that came has its fate.
     *
     * @param fate in a word, {@code fired} say
     */
    default void settled(RoutingEvent event, String fate) {}

    /** Sends off what is still to be told; waits some seconds at most. */
    @Override
    default void close() {}

    /** A frame that is on its way to the cluster. */
    @FunctionalInterface
    interface Sending {
        /** Nobody wants to know. */
        Sending UNTRACED = failure -> {};

        /**
         * The cluster has it, or will not have it.
         *
         * @param failure why it has it not; absent when it has
         */
        void settled(@Nullable Exception failure);
    }
}
