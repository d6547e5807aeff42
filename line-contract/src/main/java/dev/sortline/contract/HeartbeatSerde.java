// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;

/** Heartbeats as binary-mode CloudEvents: attributes in the record's headers, the rest as JSON in its value. */
public final class HeartbeatSerde extends JsonEventSerde<Heartbeat> {
    public HeartbeatSerde() {
        super(Heartbeat.TYPE, Heartbeat.class, "the heartbeat");
    }

    @Override
    CloudEventBuilder attributes(CloudEventBuilder envelope, Heartbeat event) {
        return envelope.withId(event.id())
                .withSource(URI.create("/lines/" + event.lineId() + "/classifiers/" + event.instance()))
                .withTime(event.sentAt().atOffset(ZoneOffset.UTC))
                .withExtension("lineid", event.lineId());
    }
}
