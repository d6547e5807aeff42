// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_COMPACT;
import static org.apache.kafka.common.config.TopicConfig.CLEANUP_POLICY_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.RETENTION_MS_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_BYTES_CONFIG;
import static org.apache.kafka.common.config.TopicConfig.SEGMENT_MS_CONFIG;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.utils.Utils;

/** The topics of a line, with the settings under which they are {@linkplain MissingTopics created} when they are missing. */
@SuppressWarnings("ImmutableEnumChecker") // the settings are made with Map.of and never change
public enum Topic {
    /** Camera frames. Kept for minutes and bounded in bytes: a frame that nobody took in time is worth nothing. */
    FRAMES(
            "sortline.frames",
            Topic.PARTITIONS,
            Map.of(
                    RETENTION_MS_CONFIG, millis(Duration.ofMinutes(10)),
                    RETENTION_BYTES_CONFIG, String.valueOf(256L << 20),
                    SEGMENT_BYTES_CONFIG, String.valueOf(64 << 20),
                    MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Topic.MAX_RECORD_BYTES))),

    /** Routing events, one an item. Kept for a week. */
    ACTUATIONS("sortline.actuations", Topic.PARTITIONS, Map.of(RETENTION_MS_CONFIG, millis(Duration.ofDays(7)))),

    /** The bytes of frames that could not be read, with the reason in the headers (see {@link DeadLetter}). */
    DEAD_LETTERS(
            "sortline.frames.dlq",
            Topic.PARTITIONS,
            Map.of(
                    RETENTION_MS_CONFIG, millis(Duration.ofDays(3)),
                    RETENTION_BYTES_CONFIG, String.valueOf(512L << 20),
                    SEGMENT_BYTES_CONFIG, String.valueOf(64 << 20),
                    MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Topic.MAX_DEAD_LETTER_BYTES))),

    /** What models said of single frames, beside the events: the line's second model, and the first on a trial line. Kept for a day. */
    ANSWERS("sortline.answers", Topic.PARTITIONS, Map.of(RETENTION_MS_CONFIG, millis(Duration.ofDays(1)))),

    /** What became of events at the ejectors, one an event. Kept for a day. */
    OUTCOMES("sortline.outcomes", Topic.PARTITIONS, Map.of(RETENTION_MS_CONFIG, millis(Duration.ofDays(1)))),

    /** Items that a person shall look at, with their pictures. Kept for four weeks and bounded in bytes. */
    REVIEWS(
            "sortline.reviews",
            Topic.FEW_PARTITIONS,
            Map.of(
                    RETENTION_MS_CONFIG, millis(Duration.ofDays(28)),
                    RETENTION_BYTES_CONFIG, String.valueOf(1L << 30),
                    SEGMENT_BYTES_CONFIG, String.valueOf(64 << 20),
                    MAX_MESSAGE_BYTES_CONFIG, String.valueOf(Topic.MAX_RECORD_BYTES))),

    /** What a person said of a reviewed item. Kept for ever, the last word on each item. */
    LABELS("sortline.labels", Topic.FEW_PARTITIONS, Map.of(CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT)),

    /** Heartbeats: who decides a line's frames just now, and who fires for it. One a second each; only the last is kept. */
    HEARTBEATS(
            "sortline.heartbeats",
            1,
            Map.of(
                    CLEANUP_POLICY_CONFIG, CLEANUP_POLICY_COMPACT,
                    SEGMENT_MS_CONFIG, millis(Duration.ofHours(1)),
                    SEGMENT_BYTES_CONFIG, String.valueOf(16 << 20)));

    /** Largest record that the frames topic takes, in bytes: the largest image (4 MiB) and room for its headers. */
    public static final int MAX_RECORD_BYTES = 5 << 20;

    /** Largest dead letter, in bytes: any record that the frames topic takes, and room for the reason. */
    public static final int MAX_DEAD_LETTER_BYTES = 6 << 20;

    /** Partitions of a new topic that a line's messages are spread over: as many lines as may ever be active at once. */
    public static final int PARTITIONS = 12;

    private static final int FEW_PARTITIONS = 3;

    private final String topicName;
    private final int partitions;
    private final Map<String, String> settings;

    Topic(String topicName, int partitions, Map<String, String> settings) {
        this.topicName = topicName;
        this.partitions = partitions;
        this.settings = settings;
    }

    /**
     * The partition in which every Kafka client puts the messages of a line unless it is told otherwise.
     *
     * @param lineId the line's id, their key
     * @param partitions how many the topic has, at least 1
     */
    public static int partitionOf(String lineId, int partitions) {
        return Utils.toPositive(Utils.murmur2(Utils.utf8(lineId))) % partitions;
    }

    /** The topic's name on the cluster. */
    public String topicName() {
        return topicName;
    }

    /** The settings with which it is created here: what the line needs, and no more. */
    public Map<String, String> settings() {
        return settings;
    }

    /** How many partitions it has when it is created here. */
    public int partitions() {
        return partitions;
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
