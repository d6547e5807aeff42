// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.ItemOutcome;
import dev.sortline.contract.ItemOutcomeSerde;
import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.BrokerProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LineFeedOutageIT {
    private static final Duration WITHIN = Duration.ofSeconds(40);

    private final List<ItemOutcome> heard = new CopyOnWriteArrayList<>();
    private BrokerProcess broker;

    @BeforeEach
    void start(@TempDir Path folder) throws Exception {
        broker = BrokerProcess.start(folder);
        try (Admin admin = Admin.create(broker.clientProperties())) {
            MissingTopics.create(admin);
        }
    }

    @AfterEach
    void stop() {
        broker.close();
    }

    @Test
    void brokerThatGoesAwayIsToldAndReadAgainWhenItIsBack() throws Exception {
        // Given
        try (var feed = feed()) {
            await().atMost(WITHIN).until(() -> feed.caughtUp() && feed.reachable());
            broker.kill();
            await().atMost(WITHIN).until(() -> !feed.reachable());
            var outcome = new ItemOutcome("line-1", "item-1", "g-1", "fired", 1, Instant.parse("2026-01-01T12:00:00Z"));

            // When
            broker.restart();
            send(outcome);

            // Then
            await().atMost(WITHIN).until(() -> feed.reachable() && heard.contains(outcome));
        }
    }

    @Tag("exhaustive")
    @Test
    void brokerThatIsAwayAtTheStartIsWaitedFor() throws Exception {
        // Given
        broker.kill();
        try (var feed = feed()) {

            // When
            broker.restart();

            // Then
            await().atMost(WITHIN).until(() -> feed.reachable() && feed.caughtUp());
        }
    }

    @Test
    void closesAtOnceWhileTheBrokerIsAway() throws Exception {
        // Given
        broker.kill();
        var feed = feed();
        long began = System.nanoTime();

        // When
        feed.close();

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(10));
    }

    private LineFeed feed() {
        return LineFeed.start(broker.clientProperties(), InstantSource.system(), List.of(new FeedListener() {
            @Override
            public void settled(ItemOutcome outcome) {
                heard.add(outcome);
            }
        }));
    }

    private void send(ItemOutcome outcome) throws Exception {
        try (var producer = new KafkaProducer<>(
                broker.clientProperties(), new StringSerializer(), new ItemOutcomeSerde().serializer())) {
            var unused = producer.send(new ProducerRecord<>(Topic.OUTCOMES.topicName(), outcome.lineId(), outcome))
                    .get();
        }
    }
}
