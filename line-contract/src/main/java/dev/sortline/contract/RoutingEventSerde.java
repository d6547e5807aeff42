// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;

/** Routing events as binary-mode CloudEvents: attributes in the record's headers, the rest as JSON in its value. */
public final class RoutingEventSerde extends JsonEventSerde<RoutingEvent> {
    public RoutingEventSerde() {
        super(RoutingEvent.TYPE, RoutingEvent.class, "the routing event");
    }

    @Override
    CloudEventBuilder attributes(CloudEventBuilder envelope, RoutingEvent event) {
        return envelope.withId(event.id())
                .withSource(URI.create("/lines/" + event.lineId()))
                .withTime(event.decidedAt().atOffset(ZoneOffset.UTC))
                .withExtension("lineid", event.lineId())
                .withExtension("itemid", event.itemId());
    }
}
