// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Topic;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TopicDeviationTest {
    @ParameterizedTest
    @EnumSource(Topic.class)
    void topicAsItIsCreatedHereIsRight(Topic topic) {
        // Given
        var settings = topic.settings();

        // When
        var deviations = TopicDeviation.of(topic, topic.partitions(), settings, 2);

        // Then
        assertThat(deviations).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "FRAMES, cleanup.policy, compact, true, cleanup.policy=delete",
        "FRAMES, cleanup.policy, 'compact,delete', true, cleanup.policy=delete",
        "ACTUATIONS, cleanup.policy, compact, true, cleanup.policy=delete",
        "FRAMES, max.message.bytes, 1048588, false, refuses larger ones",
        "DEAD_LETTERS, max.message.bytes, 1048588, false, refuses larger ones",
        "FRAMES, retention.bytes, -1, false, retention.bytes=268435456",
        "DEAD_LETTERS, retention.bytes, -1, false, retention.bytes=536870912",
    })
    void settingThatDoesHarmIsToldWithWhatToDo(Topic topic, String setting, String value, boolean losing, String cure) {
        // Given
        Map<String, String> settings = new HashMap<>(topic.settings());
        settings.put(setting, value);

        // When
        var deviations = TopicDeviation.of(topic, topic.partitions(), settings, 2);

        // Then
        assertThat(deviations).singleElement().satisfies(deviation -> {
            assertThat(deviation.losing()).isEqualTo(losing);
            assertThat(deviation.told())
                    .startsWith(topic.topicName() + " ")
                    .contains(cure, "kafka-configs.sh --alter --entity-type topics --entity-name " + topic.topicName())
                    .hasSizeLessThan(500);
        });
    }

    @Test
    void fewerPartitionsThanLinesAreTold() {
        // Given
        var settings = Topic.FRAMES.settings();

        // When
        var deviations = TopicDeviation.of(Topic.FRAMES, 1, settings, 3);

        // Then
        assertThat(deviations).singleElement().satisfies(deviation -> {
            assertThat(deviation.losing()).isFalse();
            assertThat(deviation.told())
                    .contains(
                            "has 1 partitions for 3 lines",
                            "kafka-topics.sh --alter --topic sortline.frames --partitions 12");
        });
    }

    @Test
    void administratorIsToldHowToCreateATopicWithAllThatItNeeds() {
        // Given
        var topic = Topic.HEARTBEATS;

        // When
        String command = TopicSetup.creation(topic);

        // Then
        assertThat(command)
                .isEqualTo("kafka-topics.sh --create --topic sortline.heartbeats --partitions 1 --config"
                        + " cleanup.policy=compact --config segment.bytes=16777216 --config segment.ms=3600000");
    }

    @Test
    void settingsThatAreNotToldAreTakenForRight() {
        // Given
        Map<String, String> unseen = Map.of();

        // When
        var deviations = TopicDeviation.of(Topic.DEAD_LETTERS, 12, unseen, 2);

        // Then
        assertThat(deviations).isEmpty();
    }
}
