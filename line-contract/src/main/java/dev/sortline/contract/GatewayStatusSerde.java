// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;

/** Statuses of gateways as binary-mode CloudEvents: attributes in the record's headers, the rest as JSON in its value. */
public final class GatewayStatusSerde extends JsonEventSerde<GatewayStatus> {
    public GatewayStatusSerde() {
        super(GatewayStatus.TYPE, GatewayStatus.class, "the gateway's status");
    }

    @Override
    CloudEventBuilder attributes(CloudEventBuilder envelope, GatewayStatus event) {
        return envelope.withId(event.id())
                .withSource(URI.create("/gateways/" + event.instance()))
                .withTime(event.sentAt().atOffset(ZoneOffset.UTC));
    }
}
