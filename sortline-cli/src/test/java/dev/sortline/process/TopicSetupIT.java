// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands on a cluster whose administrator gives each no more than it needs. */
class TopicSetupIT {
    private static final String FRAMES = Topic.FRAMES.topicName();
    private static final TopicUse CLASSIFIER = TopicUse.ofClassifier("sortline-classifier", 2);

    /** What the classifier needs, as {@code operation resource name}. */
    private static final List<String> CLASSIFIERS = List.of(
            "READ TOPIC sortline.frames",
            "WRITE TOPIC sortline.actuations",
            "WRITE TOPIC sortline.frames.dlq",
            "WRITE TOPIC sortline.heartbeats",
            "WRITE TOPIC sortline.answers",
            "WRITE TOPIC sortline.reviews",
            "READ GROUP sortline-classifier");

    private static final List<String> GATEWAYS = List.of(
            "READ TOPIC sortline.actuations",
            "READ TOPIC sortline.heartbeats",
            "WRITE TOPIC sortline.heartbeats",
            "WRITE TOPIC sortline.outcomes",
            "READ GROUP sortline-gateway");

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;
    private static Admin administrator;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder);
        administrator = Admin.create(broker.open());
    }

    @AfterAll
    static void stop() throws Exception {
        administrator.close();
        broker.close();
    }

    @AfterEach
    void clear() throws Exception {
        administrator
                .deleteTopics(administrator.listTopics().names().get())
                .all()
                .get();
        administrator.deleteAcls(List.of(AclBindingFilter.ANY)).all().get();
        await().until(() -> administrator.listTopics().names().get().isEmpty() && rules() == 0);
    }

    @Test
    void commandNeedsNoMoreThanItsOwnRightsOnItsOwnTopics() throws Exception {
        // Given
        MissingTopics.create(administrator);
        allow("classifier", CLASSIFIERS);

        // When
        var preparing = assertThatCode(() -> TopicSetup.prepare(broker.login("classifier"), CLASSIFIER, true));

        // Then
        preparing.doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "READ TOPIC sortline.frames",
                "WRITE TOPIC sortline.actuations",
                "WRITE TOPIC sortline.frames.dlq",
                "WRITE TOPIC sortline.heartbeats",
                "WRITE TOPIC sortline.answers",
                "WRITE TOPIC sortline.reviews",
                "READ GROUP sortline-classifier"
            })
    void rightThatIsMissingIsNamed(String missing) throws Exception {
        // Given
        MissingTopics.create(administrator);
        var rules = new ArrayList<>(CLASSIFIERS);
        rules.remove(missing);
        allow("classifier", rules);
        String[] words = missing.split(" ", -1);
        String operation = words[0].equals("READ") ? "Read" : "Write";

        // When
        var preparing = assertThatThrownBy(() -> TopicSetup.prepare(broker.login("classifier"), CLASSIFIER, true));

        // Then
        preparing
                .isInstanceOf(CommandFailure.class)
                .hasMessageContaining("kafka-acls.sh --add --allow-principal User:… --operation " + operation + " --"
                        + (words[1].equals("TOPIC") ? "topic " : "group ") + words[2])
                .message()
                .hasSizeLessThan(500);
    }

    @ParameterizedTest
    @ValueSource(strings = {"READ TOPIC sortline.heartbeats", "WRITE TOPIC sortline.heartbeats"})
    void topicThatIsReadAndWrittenNeedsBothRights(String missing) throws Exception {
        // Given
        MissingTopics.create(administrator);
        var rules = new ArrayList<>(GATEWAYS);
        rules.remove(missing);
        allow("gateway", rules);

        // When
        var preparing = assertThatThrownBy(
                () -> TopicSetup.prepare(broker.login("gateway"), TopicUse.ofGateway("sortline-gateway", 1), true));

        // Then
        preparing
                .message()
                .endsWith("--operation " + (missing.startsWith("READ") ? "Read" : "Write")
                        + " --topic sortline.heartbeats");
    }

    @Test
    void gatewayNeedsNoMoreThanItsOwnRights() throws Exception {
        // Given
        MissingTopics.create(administrator);
        allow("gateway", GATEWAYS);

        // When
        var preparing = assertThatCode(
                () -> TopicSetup.prepare(broker.login("gateway"), TopicUse.ofGateway("sortline-gateway", 1), true));

        // Then
        preparing.doesNotThrowAnyException();
    }

    @Test
    void readingIsNotEnoughWhereWritingIsNeeded() throws Exception {
        // Given
        MissingTopics.create(administrator);
        allow("producer", List.of("READ TOPIC sortline.frames"));

        // When
        var preparing =
                assertThatThrownBy(() -> TopicSetup.prepare(broker.login("producer"), TopicUse.ofCameras(1), true));

        // Then
        preparing.hasMessageContaining("--operation Write --topic sortline.frames");
    }

    @Test
    void commandCreatesItsOwnTopicsOnly() throws Exception {
        // Given
        var cameras = TopicUse.ofCameras(1);

        // When
        TopicSetup.prepare(broker.open(), cameras, true);

        // Then
        assertThat(administrator.listTopics().names().get()).containsExactly(FRAMES);
    }

    @Test
    void commandThatMayNotCreateSaysWhatToCreate() throws Exception {
        // Given
        allow("producer", List.of("WRITE TOPIC sortline.frames"));

        // When
        var preparing =
                assertThatThrownBy(() -> TopicSetup.prepare(broker.login("producer"), TopicUse.ofCameras(1), true));

        // Then
        preparing.hasMessage("topics are missing, and Kafka does not let this client create them: sortline.frames");
    }

    @Test
    void topicsLeftToTheAdministratorAreAllLookedFor() throws Exception {
        // Given
        administrator
                .createTopics(List.of(new NewTopic(FRAMES, 12, (short) 1)))
                .all()
                .get();

        // When
        var preparing = assertThatThrownBy(() -> TopicSetup.prepare(broker.open(), CLASSIFIER, false));

        // Then
        preparing.hasMessage("topics are missing, and --no-create-topics leaves them to an administrator:"
                + " sortline.actuations, sortline.frames.dlq, sortline.answers, sortline.reviews, sortline.heartbeats");
    }

    @Test
    void topicThatWouldLoseFramesStopsTheStart() throws Exception {
        // Given
        administrator
                .createTopics(List.of(new NewTopic(FRAMES, 12, (short) 1).configs(Map.of("cleanup.policy", "compact"))))
                .all()
                .get();

        // When
        var preparing = assertThatThrownBy(() -> TopicSetup.prepare(broker.open(), TopicUse.ofCameras(1), true));

        // Then
        preparing
                .hasMessageStartingWith("topic sortline.frames is compacted")
                .hasMessageContaining("--add-config cleanup.policy=delete");
    }

    @Test
    void whatStreamsKeptForOtherPartitionsIsNamed() throws Exception {
        // Given
        administrator
                .createTopics(List.of(
                        new NewTopic(FRAMES, 24, (short) 1),
                        new NewTopic("sortline-classifier-votes-changelog", 12, (short) 1)))
                .all()
                .get();

        // When
        var preparing = assertThatThrownBy(() -> TopicSetup.prepare(broker.open(), CLASSIFIER, true));

        // Then
        preparing
                .hasMessageStartingWith(
                        "sortline.frames has 24 partitions, but what the classifier kept is from another"
                                + " number: sortline-classifier-votes-changelog has 12.")
                .hasMessageContaining("kafka-topics.sh --delete --topic");
    }

    private static int rules() throws Exception {
        return administrator.describeAcls(AclBindingFilter.ANY).values().get().size();
    }

    private static void allow(String user, List<String> rules) throws Exception {
        var bindings = rules.stream()
                .map(rule -> rule.split(" ", -1))
                .map(words -> new AclBinding(
                        new ResourcePattern(ResourceType.valueOf(words[1]), words[2], PatternType.LITERAL),
                        new AccessControlEntry(
                                "User:" + user, "*", AclOperation.valueOf(words[0]), AclPermissionType.ALLOW)))
                .toList();
        administrator.createAcls(bindings).all().get();
        await().until(() -> rules() == bindings.size());
    }
}
