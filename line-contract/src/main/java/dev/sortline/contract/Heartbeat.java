// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import java.time.Instant;
import java.util.Objects;

/**
 * A line's frames can be decided at this moment: the event {@value #TYPE}, once a second a line. Its absence means that
 * nothing may be relied on.
 *
 * @param lineId the sorting line; the Kafka key
 * @param instance the classifier that decides the line's frames
 * @param model the model that it classifies with
 * @param plan name of the sorting plan that it decides by
 * @param sentAt when it was so, by the classifier's clock
 */
public record Heartbeat(String lineId, String instance, RoutingEvent.Model model, String plan, Instant sentAt) {

    /** CloudEvents type of a heartbeat. */
    public static final String TYPE = "dev.sortline.line.alive.v1";

    public Heartbeat {
        Identifiers.check("lineId", lineId);
        Identifiers.check("instance", instance);
        Objects.requireNonNull(sentAt, "sentAt is missing");
    }

    /** Tells it from all others. */
    public String id() {
        return lineId + "/" + instance + "/" + sentAt.toEpochMilli();
    }
}
