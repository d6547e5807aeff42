// SPDX-License-Identifier: Apache-2.0
package dev.sortline.reviews;

import dev.sortline.contract.Decision;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.RoutingEvent;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Requests for reviews and labels to test with. */
final class Reviews {
    static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private Reviews() {}

    static ReviewRequest request(String line, String item, byte... afterTheStart) {
        byte[] image = new byte[3 + afterTheStart.length];
        image[0] = (byte) 0xFF;
        image[1] = (byte) 0xD8;
        image[2] = (byte) 0xFF;
        System.arraycopy(afterTheStart, 0, image, 3, afterTheStart.length);
        var event = new RoutingEvent(
                line,
                item,
                List.of(line + "/camera-1/" + item),
                Decision.UNCERTAIN,
                "metal",
                "metal",
                "residue",
                null,
                0.4,
                0.1,
                null,
                Map.of("metal", 0.4, "glass", 0.6),
                AT,
                AT.plusMillis(15),
                null,
                null,
                null,
                new RoutingEvent.Model("waste-mobilenet-v2", "2.1.0"),
                "six-fractions",
                null,
                "confidence 0.400 is below the plan's 0.500",
                null,
                new RoutingEvent.StageMicros(900, 1_200, 6_000, 40));
        return new ReviewRequest(event, ReviewRequest.Cause.UNSURE, "image/jpeg", image);
    }

    static ItemLabel label(String line, String item, String label) {
        return new ItemLabel(line, item, ItemLabel.Said.LABEL, label, "operator", AT.plusSeconds(60));
    }

    static ItemLabel said(String item, ItemLabel.Said said) {
        return new ItemLabel("line-1", item, said, null, "operator", AT.plusSeconds(60));
    }

    static SaidLabels labels(ItemLabel... said) {
        var labels = new SaidLabels();
        for (ItemLabel each : said) {
            labels.take(record(each));
        }
        return labels;
    }

    static ConsumerRecord<String, byte[]> record(ItemLabel label) {
        var headers = new RecordHeaders();
        byte[] json = new ItemLabelSerde().serializer().serialize("sortline.labels", headers, label);
        return record(label.key(), headers, json);
    }

    static ConsumerRecord<String, byte[]> takenBack(String key) {
        return record(key, new RecordHeaders(), null);
    }

    private static ConsumerRecord<String, byte[]> record(String key, RecordHeaders headers, byte[] value) {
        return new ConsumerRecord<>(
                "sortline.labels", 0, 0, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }
}
