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
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.utils.Utils;

/** The topics of a line, with the settings under which they are created when they are missing. */
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

    /** Heartbeats: who decides a line's frames just now. One a second a line; only the last of each is kept. */
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

    private static final int ATTEMPTS = 200;
    private static final int ATTEMPT_EVERY_MILLIS = 50;

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

    /**
     * Creates those topics that the cluster lacks, each with its settings and the cluster's default replication; what
     * exists is left as it is. Blocks until the partitions of the new ones can be written to.
     *
     * @throws ExecutionException with the cluster's reason when it cannot be asked or refuses
     */
    public static void createMissing(Admin admin) throws ExecutionException, InterruptedException {
        createMissing(admin, EnumSet.allOf(Topic.class));
    }

    /** As {@link #createMissing(Admin)}, of some of the topics. */
    public static void createMissing(Admin admin, Set<Topic> topics) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        var missing = topics.stream()
                .filter(topic -> !existing.contains(topic.topicName))
                .map(topic -> new NewTopic(topic.topicName, Optional.of(topic.partitions), Optional.empty())
                        .configs(topic.settings))
                .toList();
        for (var created : admin.createTopics(missing).values().values()) {
            try {
                created.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw e;
                }
            }
        }
        awaitLeaders(admin, missing);
    }

    /**
     * A broker tells of a new partition a moment before it takes records for it. An idempotent producer whose first
     * batch falls into that moment, and its second after it, does not get the two in order again.
     */
    private static void awaitLeaders(Admin admin, List<NewTopic> topics)
            throws ExecutionException, InterruptedException {
        Map<TopicPartition, OffsetSpec> partitions = topics.stream()
                .flatMap(topic -> IntStream.range(0, topic.numPartitions())
                        .mapToObj(partition -> new TopicPartition(topic.name(), partition)))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
        for (int attempt = 1; ; attempt++) {
            try {
                admin.listOffsets(partitions).all().get();
                return;
            } catch (ExecutionException e) {
                // The client itself does not ask again when a broker has not heard of the topic yet.
                if (!(e.getCause() instanceof RetriableException) || attempt == ATTEMPTS) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(ATTEMPT_EVERY_MILLIS);
            }
        }
    }

    private static String millis(Duration duration) {
        return String.valueOf(duration.toMillis());
    }
}
