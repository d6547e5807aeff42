// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.contract.Topic;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.common.KafkaException;

/** Reaches the cluster before anything else starts, and creates the topics that it lacks. */
public final class TopicSetup {
    private static final int ANSWER_WITHIN_MILLIS = 10_000;

    private TopicSetup() {}

    /**
     * Creates the topics that are missing. Blocks for about 10 s at most.
     *
     * @throws CommandFailure when the cluster does not answer or refuses
     */
    public static void createMissing(Map<String, Object> kafka) {
        withAdmin(
                kafka,
                "cannot set up the topics on Kafka at %s: %s; is it running, and is bootstrap.servers right?",
                Topic::createMissing);
    }

    /**
     * Makes sure that a topic is there that somebody else has to create. Blocks for about 10 s at most.
     *
     * @throws CommandFailure when the cluster does not answer or has no such topic
     */
    public static void require(Map<String, Object> kafka, Topic topic) {
        withAdmin(
                kafka,
                "cannot use " + topic.topicName() + " on Kafka at %s: %s; is it running, and was the topic created?",
                admin -> admin.describeTopics(List.of(topic.topicName()))
                        .allTopicNames()
                        .get());
    }

    private static void withAdmin(Map<String, Object> kafka, String problem, Work work) {
        try (Admin admin = admin(kafka)) {
            work.with(admin);
        } catch (ExecutionException e) {
            throw CommandFailure.whileRunning(
                    problem.formatted(kafka.get("bootstrap.servers"), CommandFailure.rootReason(e)), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.whileRunning("interrupted while setting up the topics", e);
        }
    }

    private static Admin admin(Map<String, Object> kafka) {
        Map<String, Object> properties = new HashMap<>(kafka);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ANSWER_WITHIN_MILLIS);
        try {
            return Admin.create(properties);
        } catch (KafkaException e) {
            throw CommandFailure.ofConfiguration(
                    "Kafka's client refuses its properties: " + CommandFailure.rootReason(e));
        }
    }

    @FunctionalInterface
    private interface Work {
        void with(Admin admin) throws ExecutionException, InterruptedException;
    }
}
