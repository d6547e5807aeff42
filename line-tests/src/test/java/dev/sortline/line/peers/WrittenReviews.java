// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.contract.Decision;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** What a line asks people about its unsure items, and what they say, in the topics as classifier and operator's page write it. */
public final class WrittenReviews {
    /** When all items were seen. */
    public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private static final String LINE = "line-1";

    private final Map<String, Object> kafka;

    /**
     * Knows where the topics are.
     *
     * @param kafka the clients' settings
     */
    public WrittenReviews(Map<String, Object> kafka) {
        this.kafka = Map.copyOf(kafka);
    }

    /** The line was unsure of this item. */
    public void ask(String item, byte[] image) throws Exception {
        var event = new RoutingEvent(
                LINE,
                item,
                List.of("line-1/camera-1/" + item),
                Decision.UNCERTAIN,
                "glass",
                "glass",
                "residue",
                null,
                0.4,
                0.1,
                null,
                Map.of("glass", 0.4, "metal", 0.6),
                AT,
                AT,
                null,
                null,
                null,
                new RoutingEvent.Model("test", "1"),
                "plan",
                null,
                "not sure",
                null,
                new RoutingEvent.StageMicros(1, 1, 1, 1));
        var request = new ReviewRequest(event, ReviewRequest.Cause.UNSURE, "image/jpeg", image);
        send(Topic.REVIEWS, LINE, request, new ReviewRequestSerde().serializer());
    }

    /** Somebody says that it shows this, a minute later. */
    public void label(String item, String label) throws Exception {
        say(new ItemLabel(LINE, item, ItemLabel.Said.LABEL, label, "operator", AT.plusSeconds(60)));
    }

    /** Somebody says of it what is no label. */
    public void say(String item, ItemLabel.Said said) throws Exception {
        say(new ItemLabel(LINE, item, said, null, "operator", AT.plusSeconds(60)));
    }

    /** Somebody takes back what was said. */
    public void takeBack(String item) throws Exception {
        send(Topic.LABELS, LINE + "/" + item, null, new ItemLabelSerde().serializer());
    }

    private void say(ItemLabel said) throws Exception {
        send(Topic.LABELS, said.key(), said, new ItemLabelSerde().serializer());
    }

    private <V> void send(Topic topic, String key, V value, Serializer<V> serializer) throws Exception {
        try (var producer = new KafkaProducer<>(kafka, new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get();
        }
    }
}
