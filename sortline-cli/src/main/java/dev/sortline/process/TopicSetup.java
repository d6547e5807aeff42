// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.contract.Topic;
import java.util.List;
import java.util.Map;

/** Reaches the cluster before anything else starts, and creates the topics that it lacks. */
public final class TopicSetup {
    private TopicSetup() {}

    /**
     * Creates the topics that are missing. Where the cluster cannot be reached, that is told within 10 s.
     *
     * @throws CommandFailure when the cluster does not answer or refuses; the message names what is wrong
     */
    public static void createMissing(Map<String, Object> kafka) {
        ask(kafka, admin -> {
            Topic.createMissing(admin);
            return true;
        });
    }

    /**
     * Makes sure that a topic is there that somebody else has to create. Where the cluster cannot be reached, that is told within
     * 10 s.
     *
     * @throws CommandFailure when the cluster does not answer or has no such topic
     */
    public static void require(Map<String, Object> kafka, Topic topic) {
        ask(kafka, admin -> admin.describeTopics(List.of(topic.topicName()))
                .allTopicNames()
                .get());
    }

    private static <T> void ask(Map<String, Object> kafka, Cluster.Question<T> question) {
        try (var cluster = Cluster.reach(kafka)) {
            var unused = cluster.ask(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.whileRunning("interrupted while reaching Kafka", e);
        }
    }
}
