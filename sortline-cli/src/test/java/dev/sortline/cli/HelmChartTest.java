// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.contract.Topic;
import dev.sortline.linefile.LineFile;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicUse;
import dev.sortline.stream.StreamSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** The chart for Kubernetes: what it starts is what the program knows, under the settings that a cluster's policies ask for. */
class HelmChartTest {
    private static final String WITHOUT_HELM =
            "helm is not installed: nothing that the chart makes is looked at (.ci/run installs it)";
    private static final boolean WRITE = Boolean.getBoolean("sortline.write");
    private static final String COMMAND =
            "mvn test -pl sortline-cli -am -Dtest=HelmChartTest -Dsurefire.failIfNoSpecifiedTests=false -Dsortline.write=true";
    private static final Path RULES = Path.of("..", "grafana", "rules");

    @TempDir
    private Path folder;

    static boolean helmIsThere() {
        return HelmChart.program("helm").isPresent();
    }

    static Stream<Path> valuesFiles() throws IOException {
        return HelmChart.valuesFiles().stream();
    }

    @Test
    void topicsAreThoseOfTheProgram() throws IOException {
        // Given
        Path file = HelmChart.FOLDER.resolve("files/topics.yaml");

        // When
        String topics = topics();

        // Then
        if (WRITE) {
            Files.writeString(file, topics);
        }
        assertThat(file).as("to write it anew: %s", COMMAND).hasContent(topics);
    }

    @Test
    void rulesAreThoseBesideTheDashboards() throws IOException {
        // Given
        Path copies = HelmChart.FOLDER.resolve("files/rules");

        // When
        Map<String, String> ours = rules(RULES);

        // Then
        if (WRITE) {
            Files.createDirectories(copies);
            for (var rule : ours.entrySet()) {
                Files.writeString(copies.resolve(rule.getKey()), rule.getValue());
            }
        }
        assertThat(rules(copies)).as("to copy them anew: %s", COMMAND).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"classifier", "gateway", "console", "producer"})
    void partMayDoWhatItsCommandDoesAndNoMore(String part) throws IOException {
        // Given
        TopicUse use = uses().get(part);

        // When
        JsonNode rights = rights(part);

        // Then
        assertThat(topicsWith(rights, "Write")).isEqualTo(names(use.writes()));
        Set<String> reads = topicsWith(rights, "Read");
        if (part.equals("producer")) {
            // After a crash it looks there for the pictures of a folder.
            assertThat(reads).containsExactly(Topic.FRAMES.topicName());
        } else {
            assertThat(reads).isEqualTo(names(use.reads()));
        }
        assertThat(groupsWith(rights)).isEqualTo(use.group().map(Set::of).orElse(Set.of()));
    }

    @Test
    void readmeTellsEachValue() throws IOException {
        // Given
        String readme = Files.readString(HelmChart.FOLDER.resolve("README.md"));
        List<String> values = new ArrayList<>();

        // When
        leaves(
                "",
                HelmChart.YAML.readTree(HelmChart.FOLDER.resolve("values.yaml").toFile()),
                values);

        // Then
        assertThat(values).hasSizeGreaterThan(50).allSatisfy(value -> assertThat(readme)
                .containsPattern("(?m)^\\| `" + value.replace(".", "\\.") + "`"));
    }

    @Test
    void ownLineFileIsOneThatTheProgramTakes() {
        // Given
        Path file = HelmChart.FOLDER.resolve("files/line.yaml");

        // When
        var line = LineFile.load(file, Map.of("SORTLINE_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092"));

        // Then
        assertThat(line.gateway().dryRun()).isTrue();
        assertThat(line.kafka()).containsEntry("bootstrap.servers", "kafka:9092");
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void helmFindsNothingToSayAgainstIt(Path values) throws IOException {
        // When
        var said = HelmChart.helm(
                "lint", "--strict", "--kube-version=1.31.0", HelmChart.FOLDER.toString(), "--values=" + values);

        // Then
        assertThat(said.text()).contains("1 chart(s) linted, 0 chart(s) failed").doesNotContain("[WARNING]", "[ERROR]");
        assertThat(said.exitCode()).isZero();
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void everyContainerHasNoRightsAndWritesToNothingOfTheImage(Path values) throws IOException {
        // When
        var pods = pods(HelmChart.objects(values));

        // Then
        assertThat(pods).isNotEmpty().allSatisfy(pod -> {
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.path("enableServiceLinks").asBoolean(true)).isFalse();
            assertThat(pod.at("/securityContext/runAsNonRoot").asBoolean()).isTrue();
            assertThat(pod.at("/securityContext/runAsUser").asInt()).isEqualTo(10001);
            assertThat(pod.at("/securityContext/seccompProfile/type").asText()).isEqualTo("RuntimeDefault");
            assertThat(pod.path("hostNetwork").isMissingNode()).isTrue();
            assertThat(pod.path("containers")).hasSize(1).allSatisfy(container -> {
                JsonNode security = container.path("securityContext");
                assertThat(security.path("allowPrivilegeEscalation").asBoolean(true))
                        .isFalse();
                assertThat(security.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(security.path("runAsNonRoot").asBoolean()).isTrue();
                assertThat(security.at("/capabilities/drop/0").asText()).isEqualTo("ALL");
                assertThat(container.at("/resources/requests/memory").asText()).isNotEmpty();
                assertThat(container.at("/resources/requests/cpu").asText()).isNotEmpty();
                assertThat(container.at("/resources/limits/memory").asText()).isNotEmpty();
            });
        });
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void everyContainerSaysWhatTheCommandUnderstands(Path values) throws IOException {
        // Given
        CommandLine sortline = Main.commandLine(new StopSignal());

        // When
        List<List<String>> commands = containers(HelmChart.objects(values))
                .map(container -> texts(container.path("args")))
                .toList();

        // Then
        assertThat(commands).isNotEmpty().allSatisfy(words -> assertThat(
                        sortline.parseArgs(words.toArray(String[]::new)).subcommand())
                .isNotNull());
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void probesAskThePagesThatAreServedOnThePortThatIsSet(Path values) throws IOException {
        // When
        var containers = containers(HelmChart.objects(values)).toList();

        // Then
        assertThat(containers).isNotEmpty().allSatisfy(container -> {
            assertThat(container.at("/startupProbe/httpGet/path").asText()).isEqualTo("/health/live");
            assertThat(container.at("/readinessProbe/httpGet/path").asText()).isEqualTo("/health/ready");
            assertThat(container.at("/livenessProbe/httpGet/path").asText()).isEqualTo("/health/live");
            for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
                assertThat(container.path(probe).at("/httpGet/port").asText()).isEqualTo("management");
            }
            String port = container.at("/ports/0/containerPort").asText();
            assertThat(container.at("/ports/0/name").asText()).isEqualTo("management");
            assertThat(environment(container)).containsEntry("SORTLINE_HTTP_PORT", port);
            List<String> words = texts(container.path("args"));
            if (words.contains("produce")) {
                assertThat(words).containsSubsequence("--http-port", port);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void stopIsGivenMoreTimeThanDrainingTakes(Path values) throws IOException {
        // When
        var pods = pods(HelmChart.objects(values));

        // Then
        assertThat(pods).allSatisfy(pod -> assertThat(
                        pod.path("terminationGracePeriodSeconds").asInt())
                .isGreaterThan(20));
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void everyMountHasItsVolumeAndEveryNameThatIsReferredToIsThere(Path values) throws IOException {
        // Given
        List<JsonNode> objects = HelmChart.objects(values);
        Set<String> made = objects.stream()
                .map(object -> object.path("kind").asText() + "/"
                        + object.at("/metadata/name").asText())
                .collect(Collectors.toSet());

        // When
        var pods = pods(objects);

        // Then
        assertThat(made).hasSameSizeAs(objects);
        assertThat(pods).allSatisfy(pod -> {
            assertThat(pod.at("/containers/0/volumeMounts").findValuesAsText("name"))
                    .containsExactlyInAnyOrderElementsOf(
                            StreamSupport.stream(pod.path("volumes").spliterator(), false)
                                    .map(volume -> volume.path("name").asText())
                                    .toList());
            assertThat(made)
                    .contains("ServiceAccount/" + pod.path("serviceAccountName").asText());
            pod.path("volumes").findValues("configMap").forEach(map -> assertThat(made)
                    .contains("ConfigMap/" + map.path("name").asText()));
        });
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void lineFileThatIsMountedIsTakenUnderTheEnvironmentOfEachPart(Path values) throws IOException {
        // Given
        List<JsonNode> objects = HelmChart.objects(values);
        Path file = folder.resolve("line.yaml");
        Files.writeString(
                file,
                objects.stream()
                        .filter(object -> object.at("/data/line.yaml").isTextual())
                        .findFirst()
                        .orElseThrow()
                        .at("/data/line.yaml")
                        .asText());

        // When
        List<LineFile> read = containers(objects)
                .map(container -> LineFile.load(file, environment(container)))
                .toList();

        // Then
        assertThat(read).isNotEmpty().allSatisfy(line -> {
            assertThat(line.http().orElseThrow().port()).isEqualTo(8080);
            assertThat(line.lines()).containsKey("line-1");
        });
    }

    @Test
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void noSecretIsInAnyObjectAndEachIsNamed() throws IOException {
        // Given
        Path values = HelmChart.FOLDER.resolve("ci/everything-values.yaml");

        // When
        List<JsonNode> objects = HelmChart.objects(values);

        // Then
        assertThat(kinds(objects)).doesNotContain("Secret");
        assertThat(objects.stream()
                        .flatMap(object -> object.findValues("secretKeyRef").stream())
                        .map(secret -> secret.path("name").asText() + "/"
                                + secret.path("key").asText()))
                .containsExactlyInAnyOrder(
                        "plant-sortline-classifier/sasl.jaas.config",
                        "plant-sortline-console/sasl.jaas.config",
                        "plant-sortline-gateway/sasl.jaas.config",
                        "plant-sortline-producer/sasl.jaas.config");
    }

    @Test
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void topicsOfStrimziHaveNamesPartitionsAndSettingsOfTheProgram() throws IOException {
        // Given
        Path values = HelmChart.FOLDER.resolve("ci/everything-values.yaml");

        // When
        List<JsonNode> objects = HelmChart.objects(values, "--set=strimzi.topics.partitions=" + Topic.PARTITIONS);

        // Then
        Map<String, JsonNode> topics = new HashMap<>();
        objects.stream()
                .filter(object -> object.path("kind").asText().equals("KafkaTopic"))
                .forEach(topic -> topics.put(topic.at("/spec/topicName").asText(), topic.path("spec")));
        assertThat(topics).hasSize(Topic.values().length);
        assertThat(Topic.values()).allSatisfy(topic -> {
            JsonNode made = topics.get(topic.topicName());
            assertThat(made.path("partitions").asInt()).isEqualTo(topic.partitions());
            Map<String, String> settings = new HashMap<>();
            made.path("config")
                    .properties()
                    .forEach(entry ->
                            settings.put(entry.getKey(), entry.getValue().asText()));
            assertThat(settings.remove("min.insync.replicas")).isEqualTo("2");
            assertThat(settings).isEqualTo(topic.settings());
        });
    }

    @Test
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void classifiersAreReplacedWithoutAGapAndScaledOnTheirGroupUpToThePartitions() throws IOException {
        // Given
        Path values = HelmChart.FOLDER.resolve("ci/everything-values.yaml");

        // When
        List<JsonNode> objects = HelmChart.objects(values);

        // Then
        JsonNode deployment = one(objects, "Deployment", "plant-sortline-classifier");
        assertThat(deployment.at("/spec/replicas").isMissingNode()).isTrue();
        assertThat(deployment.at("/spec/strategy/rollingUpdate/maxUnavailable").asInt(-1))
                .isZero();
        JsonNode scaled =
                one(objects, "ScaledObject", "plant-sortline-classifier").path("spec");
        assertThat(scaled.path("maxReplicaCount").asInt()).isEqualTo(24);
        assertThat(scaled.at("/triggers/0/metadata/consumerGroup").asText()).isEqualTo(StreamSettings.APPLICATION_ID);
        assertThat(scaled.at("/triggers/0/metadata/topic").asText()).isEqualTo(Topic.FRAMES.topicName());
        JsonNode gateway = one(objects, "Deployment", "plant-sortline-gateway");
        assertThat(gateway.at("/spec/replicas").asInt()).isEqualTo(1);
        assertThat(gateway.at("/spec/strategy/type").asText()).isEqualTo("Recreate");
    }

    @Test
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void anotherPlanRestartsNothingAndAnotherLineFileEverything() throws IOException {
        // Given
        Path values = HelmChart.FOLDER.resolve("ci/everything-values.yaml");
        List<JsonNode> before = pods(HelmChart.objects(values)).toList();

        // When
        List<JsonNode> plan = pods(HelmChart.objects(values, "--set-string=plans.glass\\.yaml=name: other"))
                .toList();
        List<JsonNode> line = templates(HelmChart.objects(values, "--set-string=lineFile=lines: {}"))
                .map(template -> template.at("/metadata/annotations").path("sortline.dev/line-file"))
                .toList();

        // Then
        assertThat(plan).isEqualTo(before);
        assertThat(line)
                .isNotEmpty()
                .doesNotContainAnyElementsOf(templates(HelmChart.objects(values))
                        .map(template -> template.at("/metadata/annotations").path("sortline.dev/line-file"))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    classifier.replicas=0                         | replicas
                    kafka.bootstrapServers=nowhere                | bootstrapServers
                    kafka.securityProtocol=SASL_SSL               | kafka.saslMechanism is empty
                    clasifier.replicas=3                          | clasifier
                    httpPort=70000                                | httpPort
                    console.ingress.enabled=true                  | console.ingress.host is empty
                    """)
    @EnabledIf(value = "helmIsThere", disabledReason = WITHOUT_HELM)
    void valueThatCannotBeIsRefusedByName(String value, String name) throws IOException {
        // When
        var said = HelmChart.rendered(HelmChart.FOLDER.resolve("ci/default-values.yaml"), "--set=" + value);

        // Then
        assertThat(said.exitCode()).isNotZero();
        assertThat(said.text()).contains(name);
    }

    static boolean manifestsAreThere() {
        return helmIsThere() && HelmChart.program("sortline-manifests").isPresent();
    }

    static boolean kubeconformIsThere() {
        return manifestsAreThere() && HelmChart.program("kubeconform").isPresent();
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(
            value = "manifestsAreThere",
            disabledReason =
                    "helm or sortline-manifests is not installed: objects are not held against Kubernetes' types (.ci/run installs both)")
    void everyObjectIsOneOfKubernetesAndOfItsExtensions(Path values) throws IOException {
        // Given
        String manifests = HelmChart.rendered(values).text();

        // When
        var said = HelmChart.run(HelmChart.program("sortline-manifests").orElseThrow(), manifests);

        // Then
        assertThat(said.text()).doesNotContain("wrong").contains(" right");
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    @ParameterizedTest
    @MethodSource("valuesFiles")
    @EnabledIf(
            value = "kubeconformIsThere",
            disabledReason =
                    "helm, kubeconform or sortline-manifests is not installed: no schema is asked (.ci/run installs them)")
    void kubeconformFindsEachObjectOfKubernetesValid(Path values) throws IOException {
        // Given
        String manifests = HelmChart.rendered(values).text();
        HelmChart.run(HelmChart.program("sortline-manifests").orElseThrow(), "", "schemas", folder.toString());

        // When
        var said = HelmChart.run(
                HelmChart.program("kubeconform").orElseThrow(),
                manifests,
                "-strict",
                "-summary",
                "-ignore-missing-schemas",
                "-schema-location",
                folder + "/{{.ResourceKind}}{{.KindSuffix}}.json",
                "-");

        // Then
        assertThat(said.text()).contains("Invalid: 0, Errors: 0").doesNotContain("Valid: 0");
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    private static String topics() {
        var text = new StringBuilder(
                "# Generated from Topic; HelmChartTest tells how to write it anew. Where followsLines is true, values.yaml has the partitions.\n");
        for (Topic topic : Topic.values()) {
            text.append("- name: ").append(topic.topicName()).append('\n');
            text.append("  partitions: ").append(topic.partitions()).append('\n');
            text.append("  followsLines: ")
                    .append(topic.partitions() == Topic.PARTITIONS)
                    .append('\n');
            text.append("  config:\n");
            new TreeMap<>(topic.settings()).forEach((key, value) -> text.append("    ")
                    .append(key)
                    .append(": \"")
                    .append(value)
                    .append("\"\n"));
        }
        return text.toString();
    }

    private static Map<String, String> rules(Path folder) throws IOException {
        Map<String, String> rules = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return rules;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file :
                    files.filter(name -> name.toString().endsWith(".yml")).toList()) {
                rules.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        return rules;
    }

    private static Map<String, TopicUse> uses() {
        return Map.of(
                "classifier", TopicUse.ofClassifier(StreamSettings.APPLICATION_ID, 1),
                "gateway", TopicUse.ofGateway("sortline-gateway", 1),
                "console", TopicUse.ofConsole(1),
                "producer", TopicUse.ofCameras(1));
    }

    private static JsonNode rights(String part) throws IOException {
        JsonNode users = HelmChart.YAML.readTree(
                HelmChart.FOLDER.resolve("files/users.yaml").toFile());
        return StreamSupport.stream(users.spliterator(), false)
                .filter(user -> user.path("part").asText().equals(part))
                .findFirst()
                .orElseThrow()
                .path("acls");
    }

    /** Literal topics alone: Kafka Streams' own are a prefix. */
    private static Set<String> topicsWith(JsonNode rights, String operation) {
        return StreamSupport.stream(rights.spliterator(), false)
                .filter(right -> right.path("type").asText().equals("topic") && !right.has("pattern"))
                .filter(right -> texts(right.path("operations")).contains(operation))
                .map(right -> right.path("name").asText())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> groupsWith(JsonNode rights) {
        return StreamSupport.stream(rights.spliterator(), false)
                .filter(right -> right.path("type").asText().equals("group"))
                .map(right -> right.path("name").asText())
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Set<Topic> topics) {
        return topics.stream().map(Topic::topicName).collect(Collectors.toCollection(TreeSet::new));
    }

    private static void leaves(String path, JsonNode node, List<String> leaves) {
        if (node.isObject() && !node.isEmpty() && !path.endsWith(".resources")) {
            node.properties()
                    .forEach(entry -> leaves(
                            path.isEmpty() ? entry.getKey() : path + "." + entry.getKey(), entry.getValue(), leaves));
        } else {
            leaves.add(path);
        }
    }

    private static Stream<JsonNode> templates(List<JsonNode> objects) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals("Deployment"))
                .map(object -> object.at("/spec/template"));
    }

    private static Stream<JsonNode> pods(List<JsonNode> objects) {
        return templates(objects).map(template -> template.path("spec"));
    }

    private static Stream<JsonNode> containers(List<JsonNode> objects) {
        return pods(objects)
                .flatMap(pod -> StreamSupport.stream(pod.path("containers").spliterator(), false));
    }

    private static Map<String, String> environment(JsonNode container) {
        Map<String, String> environment = new HashMap<>();
        container
                .path("env")
                .forEach(variable -> environment.put(
                        variable.path("name").asText(),
                        variable.path("value")
                                .asText("org.apache.kafka.common.security.scram.ScramLoginModule required;")));
        return environment;
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    private static List<String> kinds(List<JsonNode> objects) {
        return objects.stream().map(object -> object.path("kind").asText()).toList();
    }

    private static JsonNode one(List<JsonNode> objects, String kind, String name) {
        return objects.stream()
                .filter(object -> object.path("kind").asText().equals(kind)
                        && object.at("/metadata/name").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
