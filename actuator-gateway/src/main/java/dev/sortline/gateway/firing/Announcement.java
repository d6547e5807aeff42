// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.firing;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import org.jspecify.annotations.Nullable;

/**
 * An item that the gateway has heard of, told as soon as it has: for displays, and for controllers that fire by their own
 * encoder.
 *
 * @param event what was decided of the item
 * @param shot the shot that waits for its time; absent when nothing fires
 * @param fate why nothing fires; absent when a shot waits
 */
public record Announcement(RoutingEvent event, @Nullable Shot shot, @Nullable EventFate fate) {
    public Announcement {
        if ((shot == null) == (fate == null)) {
            throw new IllegalArgumentException("shot is %s and fate is %s: an item has either".formatted(shot, fate));
        }
    }
}
