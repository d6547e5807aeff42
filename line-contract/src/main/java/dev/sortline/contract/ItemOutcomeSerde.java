// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;

/** Outcomes of items as binary-mode CloudEvents: attributes in the record's headers, the rest as JSON in its value. */
public final class ItemOutcomeSerde extends JsonEventSerde<ItemOutcome> {
    public ItemOutcomeSerde() {
        super(ItemOutcome.TYPE, ItemOutcome.class, "the outcome");
    }

    @Override
    CloudEventBuilder attributes(CloudEventBuilder envelope, ItemOutcome event) {
        return envelope.withId(event.id())
                .withSource(URI.create("/lines/" + event.lineId() + "/gateways/" + event.instance()))
                .withTime(event.settledAt().atOffset(ZoneOffset.UTC))
                .withExtension("lineid", event.lineId())
                .withExtension("itemid", event.itemId());
    }
}
