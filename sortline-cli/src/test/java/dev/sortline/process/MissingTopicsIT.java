// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.loopback.EmbeddedBroker;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.ForwardingAdmin;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MissingTopicsIT {
    @Test
    @Timeout(120)
    void topicThatSomebodyElseCreatesMeanwhileWithFewerPartitionsIsTakenAsItIs() throws Exception {
        // Given
        try (var broker = EmbeddedBroker.start();
                var admin = new OneOfTwo(broker.clientProperties())) {

            // When
            MissingTopics.create(admin, EnumSet.of(Topic.REVIEWS));

            // Then
            String name = Topic.REVIEWS.topicName();
            var found = admin.describeTopics(List.of(name)).allTopicNames().get();
            assertThat(found.get(name).partitions()).hasSize(1);
        }
    }

    /** Somebody else is always a moment faster. */
    private static final class OneOfTwo extends ForwardingAdmin {
        OneOfTwo(Map<String, Object> kafka) {
            super(kafka);
        }

        @Override
        public CreateTopicsResult createTopics(Collection<NewTopic> topics, CreateTopicsOptions options) {
            List<NewTopic> others = topics.stream()
                    .map(topic -> new NewTopic(topic.name(), 1, (short) 1))
                    .toList();
            try {
                super.createTopics(others, options).all().get();
            } catch (InterruptedException | ExecutionException e) {
                throw new IllegalStateException(e);
            }
            return super.createTopics(topics, options);
        }
    }
}
