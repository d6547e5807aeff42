// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * A line's frames can be decided at this moment: the event {@value #TYPE}, once a second a line. Its absence means that
 * nothing may be relied on.
 *
 * @param lineId the sorting line; the Kafka key
 * @param instance the classifier that decides the line's frames
 * @param model the model that it classifies with
 * @param plan name of the sorting plan that it decides by
 * @param sentAt when it was so, by the classifier's clock, in the years 0 to 9999
 * @param cameras how the line's cameras do; empty when the sender does not tell, as those of older versions
 */
public record Heartbeat(
        String lineId,
        String instance,
        RoutingEvent.Model model,
        String plan,
        Instant sentAt,
        List<CameraStatus> cameras) {

    /** CloudEvents type of a heartbeat. */
    public static final String TYPE = "dev.sortline.line.alive.v1";

    @JsonCreator
    public Heartbeat {
        Identifiers.check("lineId", lineId);
        Identifiers.check("instance", instance);
        Objects.requireNonNull(model, "model is missing");
        Objects.requireNonNull(plan, "plan is missing");
        Rfc3339.check("sentAt", sentAt);
        cameras = cameras == null ? List.of() : List.copyOf(cameras);
    }

    /** A heartbeat that tells nothing of cameras. */
    public Heartbeat(String lineId, String instance, RoutingEvent.Model model, String plan, Instant sentAt) {
        this(lineId, instance, model, plan, sentAt, List.of());
    }

    /** Tells it from all others. */
    public String id() {
        return lineId + "/" + instance + "/" + sentAt.toEpochMilli();
    }
}
