// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.rules.EventFate;

/** Hears what became of items. */
@FunctionalInterface
public interface Outcomes {
    /** Nobody wants to know. */
    Outcomes UNTOLD = (event, fate) -> {};

    /**
     * An event has its fate. Called once for each, by the firing thread, a driver's or the reader's; must return at once, and never throws.
     *
     * @param fate one {@linkplain EventFate#isOfItem() of an item}
     */
    void settled(RoutingEvent event, EventFate fate);
}
