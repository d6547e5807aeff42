// SPDX-License-Identifier: Apache-2.0
package dev.sortline.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.contract.Topic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    private static final Demands USUAL = new Demands("sortline-classifier", "sortline-gateway", false, false, false);
    private static final Path PAGE = Path.of("../docs/security.md");
    private static final String BEGIN = "<!-- rights: generated, see RoleTest -->\n";
    private static final String END = "<!-- end of rights -->\n";

    @Test
    void camerasMayWriteFramesAndNothingElse() {
        // When
        var rights = Role.PRODUCE.rights(USUAL);

        // Then
        assertThat(rights)
                .containsExactly(
                        Right.literal(ResourceType.TOPIC, Topic.FRAMES.topicName(), Set.of(AclOperation.WRITE)));
    }

    @Test
    void whoWatchesFoldersAlsoReadsFrames() {
        // When
        var rights = Role.PRODUCE.rights(USUAL.withFolders());

        // Then
        assertThat(rights)
                .singleElement()
                .extracting(Right::operations)
                .isEqualTo(Set.of(AclOperation.READ, AclOperation.WRITE));
    }

    @Test
    void onlyTheClassifierHasTopicsOfKafkaStreamsAndOnlyItsOwn() {
        // When
        var prefixed = List.of(Role.values()).stream()
                .flatMap(role -> role.rights(USUAL).stream())
                .filter(right -> right.pattern() == PatternType.PREFIXED)
                .toList();

        // Then
        assertThat(prefixed)
                .containsExactly(new Right(
                        ResourceType.TOPIC,
                        PatternType.PREFIXED,
                        "sortline-classifier-",
                        Set.of(AclOperation.READ, AclOperation.WRITE, AclOperation.CREATE)));
    }

    @Test
    void exactlyOnceNeedsTransactions() {
        // Given
        var demands = new Demands("a", "g", false, true, false);

        // When
        var rights = Role.CLASSIFY.rights(demands);

        // Then
        assertThat(rights)
                .contains(new Right(
                        ResourceType.TRANSACTIONAL_ID, PatternType.PREFIXED, "a-", Set.of(AclOperation.WRITE)));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withoutCreationNobodyCreatesTopicsOfTheLine(Role role) {
        // When
        var rights = role.rights(USUAL);

        // Then
        assertThat(rights)
                .filteredOn(right -> right.pattern() == PatternType.LITERAL)
                .noneMatch(right -> right.operations().contains(AclOperation.CREATE));
    }

    @ParameterizedTest
    @EnumSource(Role.class)
    void withCreationTopicsOfTheLineMayBeMadeAndTheirSettingsSeen(Role role) {
        // When
        var rights = role.rights(USUAL.withCreation());

        // Then
        assertThat(rights)
                .filteredOn(right -> right.name().startsWith("sortline."))
                .isNotEmpty()
                .allMatch(right ->
                        right.operations().containsAll(Set.of(AclOperation.CREATE, AclOperation.DESCRIBE_CONFIGS)));
    }

    @Test
    void commandQuotesWhatAShellWouldTakeApart() {
        // Given
        var tool = new KafkaAcls("a:1,b:1", "my admin.properties");

        // When
        var commands = tool.commands("User:CN=cameras of O'Hara", Role.PRODUCE.rights(USUAL));

        // Then
        assertThat(commands)
                .containsExactly(
                        "kafka-acls.sh --bootstrap-server a:1,b:1 --command-config 'my admin.properties' --add"
                                + " --allow-principal 'User:CN=cameras of O'\\''Hara' --operation Write --topic sortline.frames");
    }

    @Test
    void rightToEverythingIsRefused() {
        // When
        var making = assertThatThrownBy(() -> Right.literal(ResourceType.TOPIC, "*", Set.of(AclOperation.READ)));

        // Then
        making.isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith("name is '*'");
    }

    @Test
    void pageTellsTheRightsThatRolesHave() throws IOException {
        // Given
        String page = Files.readString(PAGE);
        int begin = page.indexOf(BEGIN) + BEGIN.length();
        int end = page.indexOf(END);

        // When
        String table = table();

        // Then
        if (Boolean.getBoolean("sortline.write")) {
            Files.writeString(PAGE, page.substring(0, begin) + table + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("to write it anew: mvn test -pl sortline-cli -am -Dtest=RoleTest -Dsortline.write=true"
                            + " -Dsurefire.failIfNoSpecifiedTests=false")
                    .isEqualTo(table);
        }
    }

    private static String table() {
        var table = new StringBuilder("| command | user | rights that it needs |\n|---|---|---|\n");
        for (Role role : Role.values()) {
            String command = role == Role.REVIEWS ? "reviews export" : role.word();
            List<String> rights = new ArrayList<>();
            for (Right right : role.rights(USUAL)) {
                String kind = right.resource() == ResourceType.TOPIC && right.pattern() == PatternType.LITERAL
                        ? ""
                        : right.resource().name().toLowerCase(Locale.ROOT)
                                + "s".repeat(right.pattern() == PatternType.PREFIXED ? 1 : 0)
                                + (right.pattern() == PatternType.PREFIXED ? " that begin with " : " ");
                rights.add(right.words().stream().collect(Collectors.joining(", ")) + " on " + kind + "`" + right.name()
                        + "`");
            }
            table.append("| `%s` | `%s` | %s |\n".formatted(command, role.user(), String.join("; ", rights)));
        }
        return table.toString();
    }
}
