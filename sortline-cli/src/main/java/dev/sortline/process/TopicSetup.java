// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the start whether a command finds on the cluster what it needs: its own topics, as it needs them, and the rights to use
 * them. It needs no right itself beyond those: with fewer, less is looked at.
 */
public final class TopicSetup {
    private static final Logger LOG = LoggerFactory.getLogger(TopicSetup.class);

    private final Admin admin;
    private final TopicUse use;

    private TopicSetup(Admin admin, TopicUse use) {
        this.admin = admin;
        this.use = use;
    }

    /**
     * Sees to a command's topics. Where the cluster cannot be reached, that is told within 10 s. What is not as it should be, but loses
     * nothing, is logged.
     *
     * @param create whether to create those of its topics that are missing
     * @throws CommandFailure when the cluster cannot be used, a topic or a right is missing, or a topic would lose messages; the
     *     message names which and what to do
     */
    public static void prepare(Map<String, Object> kafka, TopicUse use, boolean create) {
        ask(kafka, admin -> {
            new TopicSetup(admin, use).prepare(create);
            return true;
        });
    }

    /**
     * Creates all topics of a line that are missing.
     *
     * @throws CommandFailure when the cluster cannot be used or refuses; the message names what is wrong
     */
    public static void createMissing(Map<String, Object> kafka) {
        ask(kafka, admin -> {
            MissingTopics.create(admin);
            return true;
        });
    }

    private static <T> void ask(Map<String, Object> kafka, Cluster.Question<T> question) {
        try (var cluster = Cluster.reach(kafka)) {
            var unused = cluster.ask(question);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw CommandFailure.whileRunning("interrupted while reaching Kafka", e);
        }
    }

    private void prepare(boolean create) throws ExecutionException, InterruptedException {
        var found = describe();
        Set<Topic> missing = EnumSet.copyOf(use.topics());
        missing.removeAll(found.keySet());
        if (!missing.isEmpty()) {
            create(missing, create);
            found = describe();
        }
        checkRights(found);
        checkSettings(found);
        if (use.reads().contains(Topic.FRAMES) && use.group().isPresent()) {
            checkTopicsOfStreams(
                    Objects.requireNonNull(found.get(Topic.FRAMES)).partitions().size());
        }
    }

    /** Those of the topics that are there. */
    private Map<Topic, TopicDescription> describe() throws ExecutionException, InterruptedException {
        Map<Topic, TopicDescription> found = new EnumMap<>(Topic.class);
        var answers = admin.describeTopics(
                        use.topics().stream().map(Topic::topicName).toList(),
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .topicNameValues();
        for (Topic topic : use.topics()) {
            try {
                found.put(
                        topic,
                        Objects.requireNonNull(answers.get(topic.topicName())).get());
            } catch (ExecutionException e) {
                if (e.getCause() instanceof AuthorizationException) {
                    throw notAllowed(
                            operations(topic).stream()
                                    .map(operation -> right(operation, topic.topicName()))
                                    .toList(),
                            e);
                }
                if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                    throw e;
                }
            }
        }
        return found;
    }

    private void create(Set<Topic> missing, boolean allowed) throws ExecutionException, InterruptedException {
        if (!allowed) {
            throw missing(missing, "--no-create-topics leaves them to an administrator", null);
        }
        try {
            MissingTopics.create(admin, missing);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                throw missing(missing, "Kafka does not let this client create them", e);
            }
            throw e;
        }
    }

    private static CommandFailure missing(Set<Topic> topics, String why, @Nullable Exception cause) {
        topics.forEach(topic -> LOG.warn("Topic {} is missing: {}", topic.topicName(), creation(topic)));
        return CommandFailure.whileRunning(
                "topics are missing, and " + why + ": "
                        + topics.stream().map(Topic::topicName).collect(Collectors.joining(", ")),
                cause);
    }

    /** What an administrator types to have it. */
    static String creation(Topic topic) {
        return "kafka-topics.sh --create --topic " + topic.topicName() + " --partitions " + topic.partitions()
                + new TreeMap<>(topic.settings())
                        .entrySet().stream()
                                .map(setting -> " --config " + setting.getKey() + "=" + setting.getValue())
                                .collect(Collectors.joining());
    }

    private void checkRights(Map<Topic, TopicDescription> found) throws ExecutionException, InterruptedException {
        List<String> lacking = new ArrayList<>();
        found.forEach((topic, description) -> {
            for (AclOperation operation : operations(topic)) {
                if (lacks(description.authorizedOperations(), operation)) {
                    lacking.add(right(operation, topic.topicName()));
                }
            }
        });
        if (use.group().isPresent() && !mayReadAs(use.group().get())) {
            lacking.add("--operation Read --group " + use.group().get());
        }
        if (!lacking.isEmpty()) {
            throw notAllowed(lacking, null);
        }
    }

    private List<AclOperation> operations(Topic topic) {
        List<AclOperation> operations = new ArrayList<>();
        if (use.reads().contains(topic)) {
            operations.add(AclOperation.READ);
        }
        if (use.writes().contains(topic)) {
            operations.add(AclOperation.WRITE);
        }
        return operations;
    }

    private static boolean lacks(@Nullable Set<AclOperation> told, AclOperation needed) {
        // An old cluster, and one without rules, may tell nothing.
        return told != null && !told.isEmpty() && !told.contains(needed);
    }

    private boolean mayReadAs(String group) throws ExecutionException, InterruptedException {
        try {
            var groups = admin.describeConsumerGroups(
                            List.of(group), new DescribeConsumerGroupsOptions().includeAuthorizedOperations(true))
                    .all()
                    .get();
            return groups.values().stream()
                    .noneMatch(description -> lacks(description.authorizedOperations(), AclOperation.READ));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                return false;
            }
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return true;
            }
            throw e;
        }
    }

    private static String right(AclOperation operation, String topic) {
        return "--operation " + (operation == AclOperation.READ ? "Read" : "Write") + " --topic " + topic;
    }

    private static CommandFailure notAllowed(List<String> lacking, @Nullable Exception cause) {
        return CommandFailure.whileRunning(
                "Kafka does not give this client the rights that it needs: kafka-acls.sh --add --allow-principal User:… "
                        + String.join(", and ", lacking),
                cause);
    }

    private void checkSettings(Map<Topic, TopicDescription> found) throws ExecutionException, InterruptedException {
        List<String> losing = new ArrayList<>();
        for (var entry : found.entrySet()) {
            Topic topic = entry.getKey();
            int partitions = entry.getValue().partitions().size();
            for (var deviation : TopicDeviation.of(topic, partitions, settings(topic.topicName()), use.lines())) {
                if (deviation.losing()) {
                    losing.add(deviation.told());
                } else {
                    LOG.warn("Topic {}", deviation.told());
                }
            }
        }
        if (!losing.isEmpty()) {
            throw CommandFailure.whileRunning("topic " + String.join("; ", losing), null);
        }
    }

    private Map<String, String> settings(String topic) throws ExecutionException, InterruptedException {
        var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        try {
            return admin.describeConfigs(List.of(resource)).all().get().values().stream()
                    .flatMap(config -> config.entries().stream())
                    .filter(entry -> entry.value() != null)
                    .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value));
        } catch (ExecutionException e) {
            if (e.getCause() instanceof AuthorizationException) {
                LOG.info("Settings of topic {} are not checked: this client may not see them (DescribeConfigs)", topic);
                return Map.of();
            }
            throw e;
        }
    }

    /** What Kafka Streams keeps of earlier runs must have the partitions of the frames. */
    private void checkTopicsOfStreams(int partitions) throws ExecutionException, InterruptedException {
        String prefix = use.group().orElseThrow() + "-";
        Collection<String> names = admin.listTopics().names().get().stream()
                .filter(name ->
                        name.startsWith(prefix) && (name.endsWith("-changelog") || name.endsWith("-repartition")))
                .sorted()
                .toList();
        var unfit = admin.describeTopics(names).allTopicNames().get().values().stream()
                .filter(description -> description.partitions().size() != partitions)
                .map(description ->
                        description.name() + " has " + description.partitions().size())
                .sorted()
                .toList();
        if (!unfit.isEmpty()) {
            throw CommandFailure.whileRunning(
                    Topic.FRAMES.topicName() + " has " + partitions
                            + " partitions, but what the classifier kept is from another"
                            + " number: " + String.join(", ", unfit)
                            + ". Stop all classifiers and delete those topics (kafka-topics.sh --delete --topic); votes that"
                            + " are open then are forgotten",
                    null);
        }
    }
}
