// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_DELETE;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;

import dev.sortline.contract.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A topic that somebody else created is not as the line needs it.
 *
 * @param losing whether frames or events would be lost in silence: then nothing starts
 * @param told one line: which topic, what is wrong, what to do
 */
record TopicDeviation(boolean losing, String told) {
    private static final String UNBOUNDED = "-1";

    /**
     * What is wrong with a topic. Other retention times, replication and the like are the administrator's own choice.
     *
     * @param partitions how many it has
     * @param settings its settings; one that is not told is taken for right
     * @param lines how many lines there are
     */
    static List<TopicDeviation> of(Topic topic, int partitions, Map<String, String> settings, int lines) {
        List<TopicDeviation> deviations = new ArrayList<>();
        Map<String, String> needed = topic.settings();
        boolean compacts = settings.getOrDefault(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE)
                .contains(CLEANUP_POLICY_COMPACT);
        if (compacts && !needed.getOrDefault(CLEANUP_POLICY_CONFIG, "").contains(CLEANUP_POLICY_COMPACT)) {
            deviations.add(new TopicDeviation(
                    true,
                    topic.topicName() + " is compacted, so that of each line only the last message is kept: "
                            + alter(topic, CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_DELETE)));
        }
        long takes = Long.parseLong(settings.getOrDefault(MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Long.MAX_VALUE)));
        long comes = Long.parseLong(needed.getOrDefault(MAX_MESSAGE_BYTES_CONFIG, "0"));
        if (takes < comes) {
            deviations.add(new TopicDeviation(
                    false,
                    topic.topicName() + " takes messages of " + takes + " bytes at most and refuses larger ones: "
                            + alter(topic, MAX_MESSAGE_BYTES_CONFIG, String.valueOf(comes))));
        }
        String bound = needed.get(RETENTION_BYTES_CONFIG);
        if (bound != null && UNBOUNDED.equals(settings.get(RETENTION_BYTES_CONFIG))) {
            deviations.add(new TopicDeviation(
                    false,
                    topic.topicName() + " has no bound in bytes, and pictures fill a disk within days: "
                            + alter(topic, RETENTION_BYTES_CONFIG, bound)));
        }
        if (topic.partitions() > 1 && partitions < Math.min(lines, topic.partitions())) {
            deviations.add(new TopicDeviation(
                    false,
                    topic.topicName() + " has " + partitions + " partitions for " + lines
                            + " lines, which share them and wait for each other: while nothing runs, "
                            + "kafka-topics.sh --alter --topic " + topic.topicName() + " --partitions "
                            + topic.partitions()));
        }
        return deviations;
    }

    private static String alter(Topic topic, String setting, String value) {
        return "kafka-configs.sh --alter --entity-type topics --entity-name " + topic.topicName() + " --add-config "
                + setting + "=" + value;
    }
}
