// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import io.cloudevents.core.v1.CloudEventBuilder;
import java.net.URI;
import java.time.ZoneOffset;

/** What people said of items as binary-mode CloudEvents: attributes in the record's headers, the rest as JSON in its value. */
public final class ItemLabelSerde extends JsonEventSerde<ItemLabel> {
    public ItemLabelSerde() {
        super(ItemLabel.TYPE, ItemLabel.class, "the label");
    }

    @Override
    CloudEventBuilder attributes(CloudEventBuilder envelope, ItemLabel event) {
        return envelope.withId(event.id())
                .withSource(URI.create("/lines/" + event.lineId()))
                .withTime(event.saidAt().atOffset(ZoneOffset.UTC))
                .withExtension("lineid", event.lineId())
                .withExtension("itemid", event.itemId());
    }
}
