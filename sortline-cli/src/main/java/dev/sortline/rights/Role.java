// SPDX-License-Identifier: Apache-2.0
package dev.sortline.rights;

import dev.sortline.contract.Topic;
import dev.sortline.process.TopicUse;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;

/** Who uses the cluster, each with a user of its own: one a command. */
public enum Role {
    /** {@code sortline produce}. */
    PRODUCE,
    /** {@code sortline classify}. */
    CLASSIFY,
    /** {@code sortline gateway}. */
    GATEWAY,
    /** {@code sortline console}. */
    CONSOLE,
    /** {@code sortline reviews export}. */
    REVIEWS;

    /** What it is called on a command line, and after {@code sortline-} on the cluster. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The user that it is on the cluster unless somebody names another. */
    public String user() {
        return "sortline-" + word();
    }

    /**
     * The least that lets it do its work, in the order of the topics.
     *
     * <p>Whoever may write to a topic may also do so idempotently, from Kafka 2.8 on; Read and Write include Describe.
     */
    public List<Right> rights(Demands demands) {
        TopicUse use = use(demands);
        List<Right> rights = new ArrayList<>();
        for (Topic topic : use.topics()) {
            rights.add(Right.literal(ResourceType.TOPIC, topic.topicName(), operations(use, topic, demands)));
        }
        use.group().ifPresent(group -> rights.add(Right.literal(ResourceType.GROUP, group, Set.of(AclOperation.READ))));
        if (this == CLASSIFY) {
            rights.addAll(ofStreams(demands));
        }
        return List.copyOf(rights);
    }

    /** Kafka Streams keeps what it must not forget in topics that it makes itself, and that begin with its name. */
    private static List<Right> ofStreams(Demands demands) {
        List<Right> rights = new ArrayList<>();
        rights.add(new Right(
                ResourceType.TOPIC,
                PatternType.PREFIXED,
                demands.classifierGroup() + "-",
                EnumSet.of(AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE)));
        if (demands.transactions()) {
            rights.add(new Right(
                    ResourceType.TRANSACTIONAL_ID,
                    PatternType.PREFIXED,
                    demands.classifierGroup() + "-",
                    EnumSet.of(AclOperation.WRITE)));
        }
        return rights;
    }

    private TopicUse use(Demands demands) {
        // How many lines there are changes no right.
        return switch (this) {
            case PRODUCE -> demands.watchesFolders() ? TopicUse.ofWatchedFolders(1) : TopicUse.ofCameras(1);
            case CLASSIFY -> TopicUse.ofClassifier(demands.classifierGroup(), 1);
            case GATEWAY -> TopicUse.ofGateway(demands.gatewayGroup(), 1);
            case CONSOLE -> TopicUse.ofConsole(1);
            case REVIEWS -> TopicUse.ofReviews(1);
        };
    }

    private static Set<AclOperation> operations(TopicUse use, Topic topic, Demands demands) {
        var operations = EnumSet.noneOf(AclOperation.class);
        if (use.reads().contains(topic)) {
            operations.add(AclOperation.READ);
        }
        if (use.writes().contains(topic)) {
            operations.add(AclOperation.WRITE);
        }
        if (demands.creates()) {
            operations.add(AclOperation.CREATE);
            operations.add(AclOperation.DESCRIBE_CONFIGS);
        }
        return operations;
    }
}
