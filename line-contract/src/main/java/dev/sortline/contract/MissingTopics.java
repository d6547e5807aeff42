// SPDX-License-Identifier: Apache-2.0
package dev.sortline.contract;

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
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of a line that a cluster lacks. */
public final class MissingTopics {
    private static final Duration LEADERS_WITHIN = Duration.ofSeconds(30);
    private static final int ATTEMPT_EVERY_MILLIS = 50;

    private MissingTopics() {}

    /**
     * Creates those topics that the cluster lacks, each with its settings and the cluster's default replication; what
     * exists is left as it is. Blocks until the partitions of the new ones can be written to.
     *
     * @throws ExecutionException with the cluster's reason when it cannot be asked or refuses
     */
    public static void create(Admin admin) throws ExecutionException, InterruptedException {
        create(admin, EnumSet.allOf(Topic.class));
    }

    /** As {@link #create(Admin)}, of some of the topics. */
    public static void create(Admin admin, Set<Topic> topics) throws ExecutionException, InterruptedException {
        Set<String> existing = admin.listTopics().names().get();
        var missing = topics.stream()
                .filter(topic -> !existing.contains(topic.topicName()))
                .map(topic -> new NewTopic(topic.topicName(), Optional.of(topic.partitions()), Optional.empty())
                        .configs(topic.settings()))
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
        awaitLeaders(admin, missing.stream().map(NewTopic::name).toList());
    }

    /**
     * A broker tells of a new partition a moment before it takes records for it. An idempotent producer whose first
     * batch falls into that moment, and its second after it, does not get the two in order again.
     */
    private static void awaitLeaders(Admin admin, List<String> topics) throws ExecutionException, InterruptedException {
        for (long begun = System.nanoTime(); ; ) {
            try {
                var unused = admin.listOffsets(partitions(admin, topics)).all().get();
                return;
            } catch (ExecutionException e) {
                // The client itself does not ask again when a broker has not heard of the topic yet.
                if (!(e.getCause() instanceof RetriableException)
                        || System.nanoTime() - begun > LEADERS_WITHIN.toNanos()) {
                    throw e;
                }
                TimeUnit.MILLISECONDS.sleep(ATTEMPT_EVERY_MILLIS);
            }
        }
    }

    /** Those that there are: who created a topic meanwhile may have given it others. */
    private static Map<TopicPartition, OffsetSpec> partitions(Admin admin, List<String> topics)
            throws ExecutionException, InterruptedException {
        return admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(Function.identity(), partition -> OffsetSpec.latest()));
    }
}
