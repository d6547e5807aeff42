// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.GatewayStatus;
import dev.sortline.contract.Heartbeat;
import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.RoutingEvent;

/**
 * Hears of what passes on the cluster, in its order, on the feed's own thread: it must neither wait nor fail. What it does not override it
 * does not hear.
 */
public interface FeedListener {
    /** Whether somebody waits for what this one hears: then the feed reads at once what it would otherwise let gather. May be asked by any thread. */
    default boolean waits() {
        return false;
    }

    /** An item was decided. A repeat comes again. */
    default void routed(RoutingEvent event) {}

    /** A model has answered. */
    default void answered(FrameAnswer answer) {}

    /** A gateway gave an event its fate. */
    default void settled(ItemOutcome outcome) {}

    /** A classifier tells that it decides a line. */
    default void alive(Heartbeat heartbeat) {}

    /** A gateway tells how it does. */
    default void gateway(GatewayStatus status) {}
}
