// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.MissingTopics;
import dev.sortline.contract.Topic;
import dev.sortline.line.peers.GuardedBroker;
import dev.sortline.line.peers.PrintedRules;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each role on a cluster that lets nobody in without TLS and a login, with the rights that {@code sortline acls} prints and no more. */
@Tag("exhaustive")
class RolesIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final List<String> ROLES = List.of("produce", "classify", "gateway", "console", "reviews");

    @TempDir
    private static Path folder;

    private static GuardedBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new GuardedBroker(folder);
        MissingTopics.create(broker.administrator());
        Files.writeString(folder.resolve("glass-only.yaml"), GlassOnly.yaml(0.5));
        for (String role : ROLES) {
            broker.addUser("sortline-" + role, password(role));
            Files.writeString(folder.resolve(role + ".properties"), "password=" + password(role) + "\n");
        }
        String printed = outputOf("acls", "--config", written("admin", lineFile("reviews", Map.of())));
        broker.administrator().createAcls(PrintedRules.of(printed)).all().get();
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @Test
    void everyRoleDoesItsWorkWithTheRightsThatArePrintedAndTellsNoPassword() throws Exception {
        // Given
        StringBuilder told = new StringBuilder();
        try (var classifier = RoleProcess.start("classify", lineFile("classify", Map.of()), folder);
                var gateway = RoleProcess.start("gateway", lineFile("gateway", Map.of()), folder);
                var console = RoleProcess.start("console", lineFile("console", Map.of()), folder)) {
            var longRunning = List.of(classifier, gateway, console);
            await().atMost(SOON).untilAsserted(() -> assertThat(longRunning)
                    .allSatisfy(command -> assertThat(command.get("/health/ready"))
                            .as(command.log())
                            .startsWith("200")));

            // When
            told.append(outputOf(
                    "produce",
                    "replay",
                    Samples.frames().resolve("glass").toString(),
                    "--once",
                    "--line",
                    "line-1",
                    "--config",
                    written("produce", lineFile("produce", Map.of())),
                    "--verbose"));
            told.append(outputOf(
                    "reviews",
                    "export",
                    folder.resolve("export").toString(),
                    "--config",
                    written("reviews", lineFile("reviews", Map.of()))));

            // Then
            await().atMost(SOON).untilAsserted(() -> assertThat(gateway.get("/metrics"))
                    .as(classifier.log())
                    .containsPattern("sortline_actuations_total\\{[^}]*} [1-9]"));
            for (var command : longRunning) {
                assertThat(command.log()).doesNotContainIgnoringCase("authorization");
                told.append(command.log())
                        .append(command.get("/metrics"))
                        .append(command.get("/health/ready"))
                        .append(command.get("/health/live"));
            }
            assertThat(told.toString()).hasSizeGreaterThan(10_000).doesNotContain("geheim");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "produce, '', frames",
        "classify, frames, actuations frames.dlq heartbeats answers reviews",
        "gateway, actuations heartbeats, outcomes heartbeats",
        "console, frames actuations answers outcomes heartbeats reviews labels, frames labels",
        "reviews, reviews labels, ''"
    })
    void roleReadsAndWritesWhatItMustAndIsRefusedAllElse(String role, String reads, String writes) {
        // Given
        Map<String, String> expected = new LinkedHashMap<>();
        for (Topic topic : Topic.values()) {
            expected.put("read " + topic.topicName(), has(reads, topic) ? "allowed" : "refused");
            expected.put("write " + topic.topicName(), has(writes, topic) ? "allowed" : "refused");
        }

        // When
        Map<String, String> found = new LinkedHashMap<>();
        try (var producer = new KafkaProducer<>(client(role), new ByteArraySerializer(), new ByteArraySerializer())) {
            for (Topic topic : Topic.values()) {
                // A refusal ends the wait; where none comes, nothing tells so.
                Duration wait = has(reads, topic) ? Duration.ofMillis(500) : SOON;
                found.put("read " + topic.topicName(), outcome(() -> read(role, topic, wait)));
                found.put("write " + topic.topicName(), outcome(() -> {
                    var unused = producer.send(new ProducerRecord<>(topic.topicName(), 0, new byte[0], new byte[0]))
                            .get();
                }));
            }
        }

        // Then
        assertThat(found).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"produce", "classify", "gateway", "console", "reviews"})
    void roleAdministersNothing(String role) {
        // Given
        List<String> found = new ArrayList<>();
        String frames = Topic.FRAMES.topicName();

        // When
        try (Admin admin = Admin.create(client(role))) {
            found.add(outcome(() -> admin.createTopics(List.of(new NewTopic("other", 1, (short) 1)))
                    .all()
                    .get()));
            found.add(outcome(() -> admin.deleteTopics(List.of(frames)).all().get()));
            found.add(outcome(() -> admin.createAcls(PrintedRules.of(
                            "kafka-acls.sh --bootstrap-server a:1 --command-config b --add --allow-principal User:x"
                                    + " --operation Read --topic " + frames))
                    .all()
                    .get()));
            found.add(outcome(
                    () -> admin.describeAcls(AclBindingFilter.ANY).values().get()));
            found.add(outcome(() -> admin.describeUserScramCredentials().all().get()));
            found.add(outcome(() -> admin.listConsumerGroupOffsets("other")
                    .partitionsToOffsetAndMetadata()
                    .get()));
            found.add(outcome(
                    () -> admin.listOffsets(Map.of(new TopicPartition("__consumer_offsets", 0), OffsetSpec.latest()))
                            .all()
                            .get()));
        }

        // Then
        assertThat(found).hasSize(7).containsOnly("refused");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    wrong password | sasl.jaas.config   | wrong.properties   | it refuses the login: .*check sasl.mechanism and sasl.jaas.config
                    unknown user   | sasl.jaas.config   | nobody.properties  | it refuses the login: .*check sasl.mechanism and sasl.jaas.config
                    plain text     | security.protocol  | PLAINTEXT          | .*it speaks Kafka with TLS.*set security.protocol to SASL_SSL|it speaks TLS
                    no TLS         | security.protocol  | SASL_PLAINTEXT     | .*set security.protocol to SASL_SSL|it speaks TLS
                    stranger       | ssl.truststore.location | stranger.pem  | TLS fails: .*does ssl.truststore.location hold the authority of its certificate\\?
                    """)
    void clientThatMayNotComeInIsToldWhyInOneLine(String who, String key, String value, String cause) throws Exception {
        // Given
        Files.writeString(folder.resolve("wrong.properties"), "password=geheim-wrong\n");
        Files.writeString(folder.resolve("nobody.properties"), "password=geheim-nobody\n");
        String setting = value.endsWith(".properties")
                ? login(who.equals("unknown user") ? "nobody" : "sortline-reviews", folder.resolve(value))
                : value.endsWith(".pem") ? broker.stranger().toString() : value;
        String config = written(who.replace(' ', '-'), lineFile("reviews", Map.of(key, setting)));

        // When
        try (var command =
                command("reviews", "export", folder.resolve("export").toString(), "--config", config, "--verbose")) {
            int exitCode = command.awaitEnd();

            // Then
            assertThat(exitCode).as(command.log()).isEqualTo(1);
            assertThat(ofSortline(command)).hasSize(1).first().asString().containsPattern(cause);
            assertThat(command.log()).doesNotContain("geheim");
        }
    }

    @Test
    void rightsThatAreMissingAreNamed() throws Exception {
        // Given
        String config = written("wrong-role", lineFile("produce", Map.of()));

        // When
        try (var command = command("reviews", "export", folder.resolve("export").toString(), "--config", config)) {
            int exitCode = command.awaitEnd();

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(ofSortline(command))
                    .singleElement()
                    .asString()
                    .contains("Kafka does not give this client the rights that it needs: kafka-acls.sh --add"
                            + " --allow-principal User:… --operation Read --topic sortline.");
        }
    }

    private static List<String> ofSortline(JavaProcess command) {
        return command.log()
                .lines()
                .filter(line -> line.startsWith("sortline: "))
                .toList();
    }

    private static JavaProcess command(String... words) {
        return new JavaProcess(
                words[0] + "-" + System.nanoTime(),
                folder,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"),
                "dev.sortline.cli.Main",
                List.of(words));
    }

    /** What a command says that ends well. */
    private static String outputOf(String... words) throws InterruptedException {
        try (var command = command(words)) {
            int exitCode = command.awaitEnd();
            assertThat(exitCode).as(command.log()).isZero();
            return words[0].equals("acls") ? command.outputAtEnd(SOON) : command.log();
        }
    }

    private static String written(String name, String lineFile) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), lineFile).toString();
    }

    private static String password(String role) {
        return "geheim-" + role;
    }

    private static boolean has(String topics, Topic topic) {
        return Set.of(topics.split(" ", -1)).contains(topic.topicName().substring("sortline.".length()));
    }

    /** All of it but {@code http}; the password stands in another file. */
    private static String lineFile(String role, Map<String, String> changes) {
        Map<String, String> kafka = new LinkedHashMap<>();
        kafka.put("bootstrap.servers", broker.bootstrapServers());
        kafka.put("security.protocol", "SASL_SSL");
        kafka.put("ssl.truststore.type", "PEM");
        kafka.put("ssl.truststore.location", broker.trusted().toString());
        kafka.put("sasl.mechanism", "SCRAM-SHA-512");
        kafka.put("config.providers", "file");
        kafka.put("config.providers.file.class", "org.apache.kafka.common.config.provider.FileConfigProvider");
        kafka.put("config.providers.file.param.allowed.paths", folder.toString());
        kafka.put("sasl.jaas.config", login("sortline-" + role, folder.resolve(role + ".properties")));
        kafka.putAll(changes);
        var file = new StringBuilder("kafka:\n");
        kafka.forEach((key, value) ->
                file.append("  ").append(key).append(": '").append(value).append("'\n"));
        return file.append(
                        """
                        model: %s
                        inference: { engine: tensorflow, precision: float32, batch: 1, runs: 1, intraOpThreads: 1 }
                        cameraWatch: { frozenAfterFrames: 0 }
                        belts:
                          slow: { speedMetresPerSecond: 0.01, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1.0 } } }
                        lines:
                          line-1: { belt: slow, plan: glass-only.yaml }
                        gateway: { dryRun: true }
                        console: { port: 0 }
                        """
                                .formatted(Samples.model()))
                .toString();
    }

    private static String login(String user, Path password) {
        return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"" + user
                + "\" password=\"${file:" + password + ":password}\";";
    }

    private static Map<String, Object> client(String role) {
        Map<String, Object> client = new HashMap<>();
        client.put("bootstrap.servers", broker.bootstrapServers());
        client.put("security.protocol", "SASL_SSL");
        client.put("ssl.truststore.type", "PEM");
        client.put("ssl.truststore.location", broker.trusted().toString());
        client.put("sasl.mechanism", "SCRAM-SHA-512");
        client.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"sortline-" + role
                        + "\" password=\"" + password(role) + "\";");
        client.put("auto.offset.reset", "earliest");
        client.put("max.block.ms", 20_000);
        return client;
    }

    private static void read(String role, Topic topic, Duration wait) {
        try (var consumer =
                new KafkaConsumer<>(client(role), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(new TopicPartition(topic.topicName(), 0)));
            var unused = consumer.poll(wait);
        }
    }

    private static String outcome(Attempt attempt) {
        try {
            attempt.make();
            return "allowed";
        } catch (AuthorizationException e) {
            return "refused";
        } catch (ExecutionException e) {
            return e.getCause() instanceof AuthorizationException ? "refused" : e.toString();
        } catch (Exception e) {
            return e.toString();
        }
    }

    /** Something that may be refused. */
    @FunctionalInterface
    private interface Attempt {
        void make() throws Exception;
    }
}
