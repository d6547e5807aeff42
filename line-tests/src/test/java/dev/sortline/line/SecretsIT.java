// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.contract.MissingTopics;
import dev.sortline.line.peers.RoleProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every secret that a command is given holds the word {@code geheim}: nothing that a command says or serves may. */
class SecretsIT {
    private static final Duration SOON = Duration.ofSeconds(90);
    private static final String SECRET = "geheim";

    @TempDir
    private Path folder;

    private static EmbeddedBroker broker;

    @BeforeAll
    static void startBroker() throws Exception {
        broker = EmbeddedBroker.start();
        try (var admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            MissingTopics.create(admin);
        }
    }

    @AfterAll
    static void stopBroker() throws Exception {
        broker.close();
    }

    @BeforeEach
    void writeFiles() throws Exception {
        Files.writeString(folder.resolve("glass-only.yaml"), GlassOnly.yaml(0.5));
        Files.writeString(folder.resolve("password"), SECRET + "-in-a-file\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"gateway", "console"})
    @Tag("exhaustive")
    void commandOnAGoodBrokerWithPeersThatAreAwayTellsNoPassword(String command) throws Exception {
        // Given
        try (var running = RoleProcess.start(command, lineFile(broker.bootstrapServers()), folder)) {
            await().atMost(SOON).untilAsserted(() -> assertThat(
                            running.get("/health/ready") + (command.equals("gateway") ? running.log() : "plc"))
                    .as(running.log())
                    .contains("\n")
                    .contains("plc"));

            // When
            String told = running.log()
                    + running.get("/metrics")
                    + running.get("/health/ready")
                    + running.get("/health/live");

            // Then
            assertThat(told).contains("jvm_memory_used_bytes").doesNotContain(SECRET);
        }
    }

    @Test
    void camerasThatAreAwayAreToldOfWithoutTheirPasswords() throws Exception {
        // Given
        int http = LoopbackPort.free();
        Path file = Files.writeString(folder.resolve("cameras.yaml"), lineFile(broker.bootstrapServers()));
        try (var produce =
                command("produce", "--config", file.toString(), "--http-port", String.valueOf(http), "--verbose")) {
            await().atMost(SOON).untilAsserted(() -> assertThat(produce.log())
                    .contains("line-1/mjpeg", "line-1/rtsp", "line-1/by-mqtt"));

            // When
            String told =
                    produce.log() + get(http, "/metrics") + get(http, "/health/ready") + get(http, "/health/live");

            // Then
            assertThat(told).contains("jvm_memory_used_bytes").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"geheim\";",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=\"geheim\"",
                "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"u\" password=geheim\"x;",
                "org.apache.kafka.common.security.plain.PlainLoginModule geheim;",
                "org.apache.kafka.common.security.plain.PlainLoginModule required geheim;",
                "geheim",
            })
    @Tag("exhaustive")
    void clusterThatIsAwayAndLoginThatIsMisspeltAreToldOfWithoutThePassword(String login) throws Exception {
        // Given
        String address = "127.0.0.1:" + LoopbackPort.free();
        Path file = Files.writeString(
                folder.resolve("broken.yaml"),
                lineFile(address)
                        .replace(
                                "kafka:\n",
                                "kafka:\n  security.protocol: SASL_PLAINTEXT\n  sasl.mechanism: PLAIN\n  sasl.jaas.config: '"
                                        + login + "'\n"));

        // When
        try (var gateway = command("gateway", "--config", file.toString(), "--verbose")) {
            int exitCode = gateway.awaitEnd();

            // Then
            assertThat(exitCode).as(gateway.log()).isIn(1, 2);
            assertThat(gateway.log()).contains("sortline: ").doesNotContain(SECRET);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://u:geheim@127.0.0.1:1/video",
                "http://127.0.0.1:1/video?password=geheim",
                "http://127.0.0.1:1/vi deo?password=geheim",
                "rtsp://u:geheim@127.0.0.1:1/video",
                "rtsp://127.0.0.1:1/video?password=geheim",
                "rtsp://?password=geheim",
            })
    void cameraWhoseAddressHoldsAPasswordIsToldOfWithoutIt(String url) throws Exception {
        // When
        try (var check = command("camera", "check", url, "--seconds", "1", "--verbose")) {
            int exitCode = check.awaitEnd();

            // Then
            assertThat(exitCode).as(check.log()).isIn(1, 2);
            assertThat(check.log()).isNotEmpty().doesNotContain(SECRET);
        }
    }

    @Test
    void helpNamesVariablesAndNeverTheirValues() throws Exception {
        // Given
        try (var help = command("produce", "mjpeg", "--help")) {

            // When
            int exitCode = help.awaitEnd();

            // Then
            assertThat(exitCode).isZero();
            assertThat(help.log()).contains("--password-file").doesNotContain(SECRET);
        }
    }

    private static String get(int port, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                                .build(),
                        BodyHandlers.ofString())
                .body();
    }

    private JavaProcess command(String... words) {
        return new JavaProcess(
                words[0] + "-" + System.nanoTime(),
                folder,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx128m", "-Dorg.slf4j.simpleLogger.defaultLogLevel=info"),
                "dev.sortline.cli.Main",
                List.of(words));
    }

    private String lineFile(String bootstrapServers) throws IOException {
        return """
                kafka:
                  bootstrap.servers: '%2$s'
                  ssl.key.password: 'geheim-key'
                model: %3$s
                belts:
                  slow: { speedMetresPerSecond: 0.01, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1.0 } } }
                lines:
                  line-1: { belt: slow, plan: glass-only.yaml }
                cameras:
                  line-1:
                    mjpeg: { source: { type: mjpeg, url: "http://127.0.0.1:%1$d/video?password=geheim", user: u, passwordFile: password } }
                    rtsp: { source: { type: rtsp, url: "rtsp://127.0.0.1:%1$d/video?password=geheim", user: u, passwordFile: password } }
                    by-mqtt:
                      source: { type: mjpeg, url: "http://127.0.0.1:1/video" }
                      trigger: { type: outside, source: { type: mqtt, host: 127.0.0.1, port: %1$d, username: u, passwordFile: password, topic: shot } }
                push: { port: 0, tokenFile: password }
                drivers:
                  plc: { type: mqtt, host: 127.0.0.1, port: %1$d, username: u, passwordFile: password }
                  opcua:
                    type: opcua-client
                    endpoint: "opc.tcp://127.0.0.1:%1$d"
                    certificates: certificates
                    username: u
                    passwordFile: password
                    lines: { line-1: { ejectors: { 1: "ns=3;s=E" } } }
                console: { port: 0, viewerPasswordFile: password, operatorPasswordFile: password }
                """
                .formatted(LoopbackPort.free(), bootstrapServers, Samples.model());
    }
}
