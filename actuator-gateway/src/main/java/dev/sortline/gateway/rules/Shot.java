// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One action of one ejector for one item.
 *
 * @param event the routing event behind it: {@code SORT}, with an ejector and a time
 * @param number counts a line's shots upwards; for controllers that cannot hold the item's id. 1 to 4 294 967 295
 * @param notAfter when it has become too late to act, by the wall clock
 */
public record Shot(RoutingEvent event, long number, Instant notAfter) {
    public Shot {
        Objects.requireNonNull(event.ejector(), "ejector is missing: a shot needs one");
        Objects.requireNonNull(event.fireAt(), "fireAt is missing: a shot needs a time");
    }

    /** The line. */
    public String lineId() {
        return event.lineId();
    }

    /** The ejector's number, at least 0. */
    public int ejector() {
        return Objects.requireNonNull(event.ejector());
    }

    /** When it acts, by the wall clock. */
    public Instant fireAt() {
        return Objects.requireNonNull(event.fireAt());
    }

    /** The belt's position at which it acts, in encoder counts, where an encoder is fitted. */
    public @Nullable Long fireAtEncoder() {
        return event.fireAtEncoder();
    }

    /** How sure the classifier is, in thousandths, 0 to 1000. */
    public int confidencePerMille() {
        return event.confidence() == null ? 0 : (int) Math.round(event.confidence() * 1_000);
    }
}
