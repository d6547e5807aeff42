// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import dev.sortline.contract.BadEnvelopeException;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** The last word on each item, as the records of {@code sortline.labels} come one after another. */
final class SaidLabels {
    private final Deserializer<ItemLabel> reader = new ItemLabelSerde().deserializer();
    private final Map<String, ItemLabel> byKey = new LinkedHashMap<>();
    private int records;
    private int unreadable;

    void take(ConsumerRecord<String, byte[]> message) {
        records++;
        if (message.key() == null) {
            unreadable++;
        } else if (message.value() == null) {
            byKey.remove(message.key());
        } else {
            try {
                ItemLabel said = reader.deserialize(message.topic(), message.headers(), message.value());
                if (said.key().equals(message.key())) {
                    byKey.put(message.key(), said);
                } else {
                    unreadable++;
                }
            } catch (BadEnvelopeException e) {
                unreadable++;
            }
        }
    }

    /** By {@link ItemLabel#key()}. */
    Map<String, ItemLabel> all() {
        return Collections.unmodifiableMap(byKey);
    }

    int count(ItemLabel.Said kind) {
        return (int) byKey.values().stream().filter(said -> said.said() == kind).count();
    }

    /** Whether nobody has ever said anything there. */
    boolean areNone() {
        return records == 0;
    }

    int unreadable() {
        return unreadable;
    }
}
