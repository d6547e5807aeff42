// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class TopicReaderTest {
    private static EmbeddedBroker broker;

    private final List<String> read = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @Test
    void whatLayInTheTopicIsReadAndWhatComes() throws Exception {
        // Given
        create("all");
        send("all", "before");

        // When
        try (var reader = TopicReader.fromItsBeginning(
                broker.clientProperties(),
                "all",
                new StringDeserializer(),
                (message, at) -> read.add(message.value()))) {
            send("all", "after");
            await().until(() -> read.size() == 2);
        }

        // Then
        assertThat(read).containsExactlyInAnyOrder("before", "after");
    }

    @Test
    void whoReadsFromNowOnMissesNothingOfWhatComesNext() throws Exception {
        // Given
        create("new");
        send("new", "before");

        // When
        try (var reader = TopicReader.fromNowOn(
                broker.clientProperties(),
                "new",
                new StringDeserializer(),
                (message, at) -> read.add(message.value()))) {
            send("new", "after");
            await().until(() -> !read.isEmpty());
        }

        // Then
        assertThat(read).containsExactly("after");
    }

    private static void create(String topic) throws Exception {
        try (Admin admin = Admin.create(broker.clientProperties())) {
            admin.createTopics(List.of(new NewTopic(topic, 2, (short) 1))).all().get();
        }
    }

    private static void send(String topic, String value) throws Exception {
        try (var producer =
                new KafkaProducer<>(broker.clientProperties(), new StringSerializer(), new StringSerializer())) {
            var unused = producer.send(new ProducerRecord<>(topic, value)).get();
        }
    }
}
