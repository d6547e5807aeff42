// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Decision;
import dev.sortline.contract.ItemLabel;
import dev.sortline.contract.ItemLabelSerde;
import dev.sortline.contract.ReviewRequest;
import dev.sortline.contract.ReviewRequestSerde;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.TopicSetup;
import dev.sortline.reviews.ExportSummary;
import dev.sortline.reviews.ReviewExport;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What people said, as it lies in a real broker's topics, becomes a folder to train on. */
@Timeout(120)
class ReviewExportIT {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
    private static final byte[] JPEG = {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 1};
    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 2};

    private Broker broker;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    @AfterEach
    void stop() throws Exception {
        broker.close();
    }

    @Test
    void folderHoldsWhatWasSaidLastOfEachItem() throws Exception {
        // Given
        ask("glass", JPEG);
        ask("nothing", PNG);
        ask("several", JPEG);
        ask("taken-back", JPEG);
        ask("unlabelled", JPEG);
        ask("no-picture", new byte[] {1, 2, 3});
        say("glass", ItemLabel.Said.LABEL, "metal");
        say("glass", ItemLabel.Said.LABEL, "glass");
        say("nothing", ItemLabel.Said.NOTHING, null);
        say("several", ItemLabel.Said.SEVERAL_ITEMS, null);
        say("taken-back", ItemLabel.Said.LABEL, "paper");
        say("no-picture", ItemLabel.Said.LABEL, "paper");
        send(Topic.LABELS, "line-1/taken-back", null, new ItemLabelSerde().serializer());

        // When
        var summary = ReviewExport.run(Map.of("bootstrap.servers", broker.bootstrapServers()), folder, Instant.MIN);

        // Then
        assertThat(summary).isEqualTo(new ExportSummary(2, 2, 0, 0, 1, 2, 1));
        assertThat(folder.resolve("glass/line-1-glass.jpg")).hasBinaryContent(JPEG);
        assertThat(folder.resolve("empty/line-1-nothing.png")).hasBinaryContent(PNG);
        assertThat(folder.resolve("manifest.json")).exists();
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("glass", "empty", "manifest.json");
    }

    @Test
    void itemsThatWereDecidedBeforeAreNotAdded() throws Exception {
        // Given
        ask("glass", JPEG);
        say("glass", ItemLabel.Said.LABEL, "glass");

        // When
        var summary =
                ReviewExport.run(Map.of("bootstrap.servers", broker.bootstrapServers()), folder, AT.plusSeconds(9));

        // Then
        assertThat(summary.pictures()).isZero();
    }

    private void ask(String item, byte[] image) throws Exception {
        var event = new RoutingEvent(
                "line-1",
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
        send(Topic.REVIEWS, "line-1", request, new ReviewRequestSerde().serializer());
    }

    private void say(String item, ItemLabel.Said said, String label) throws Exception {
        var spoken = new ItemLabel("line-1", item, said, label, "operator", AT.plusSeconds(60));
        send(Topic.LABELS, spoken.key(), spoken, new ItemLabelSerde().serializer());
    }

    private <V> void send(Topic topic, String key, V value, Serializer<V> serializer) throws Exception {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrapServers()), new StringSerializer(), serializer)) {
            producer.send(new ProducerRecord<>(topic.topicName(), key, value)).get();
        }
    }
}
