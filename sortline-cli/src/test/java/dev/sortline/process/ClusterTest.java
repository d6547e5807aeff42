// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a person is told whose cluster cannot be used. */
class ClusterTest {
    private static final Duration SOON = Duration.ofSeconds(1);

    @TempDir
    private static Path folder;

    private static SecuredBroker broker;

    @BeforeAll
    static void start() throws Exception {
        broker = new SecuredBroker(folder);
    }

    @AfterAll
    static void stop() throws Exception {
        broker.close();
    }

    @ParameterizedTest
    @MethodSource("silentDoors")
    void doorThatIsNotTheClientsIsNamedWithWhatToSet(int port, Map<String, Object> client, String problem) {
        // Given
        Map<String, Object> kafka = new HashMap<>(client);
        kafka.put("bootstrap.servers", "localhost:" + port);

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(kafka, SOON));

        // Then
        reaching.isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("cannot use Kafka at localhost:" + port + ": ")
                .hasMessageContaining(problem);
    }

    @ParameterizedTest
    @MethodSource("refusingDoors")
    void whatTheBrokerRefusesIsNamedWithWhatToCheck(int port, Map<String, Object> client, String problem) {
        // Given
        Map<String, Object> kafka = new HashMap<>(client);
        kafka.put("bootstrap.servers", "localhost:" + port);

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(kafka));

        // Then
        reaching.isInstanceOf(CommandFailure.class)
                .hasMessageStartingWith("cannot use Kafka at localhost:" + port + ": ")
                .hasMessageContaining(problem);
    }

    static Stream<Arguments> silentDoors() {
        Map<String, Object> plain = Map.of();
        Map<String, Object> tls = Map.of("security.protocol", "SSL");
        Map<String, Object> login = with("SASL_PLAINTEXT", "classifier", "classifier");
        return Stream.of(
                Arguments.of(
                        broker.tlsPort(),
                        plain,
                        "it speaks Kafka with TLS and without a login; set security.protocol to SSL"),
                Arguments.of(
                        broker.tlsPort(),
                        login,
                        "it speaks Kafka with TLS and without a login; set security.protocol to SSL"),
                Arguments.of(
                        broker.tlsLoginPort(),
                        plain,
                        "it speaks Kafka with TLS and wants a login by PLAIN; set security.protocol to SASL_SSL"),
                Arguments.of(
                        broker.loginPort(),
                        plain,
                        "it speaks Kafka without TLS and wants a login by PLAIN; set security.protocol to SASL_PLAINTEXT"),
                Arguments.of(
                        broker.openPort(),
                        tls,
                        "it speaks Kafka without TLS and without a login; set security.protocol to PLAINTEXT"));
    }

    static Stream<Arguments> refusingDoors() {
        Map<String, Object> tls = Map.of("security.protocol", "SSL");
        Map<String, Object> login = with("SASL_PLAINTEXT", "classifier", "classifier");
        return Stream.of(
                Arguments.of(broker.openPort(), login, "it wants no login; set security.protocol to PLAINTEXT"),
                Arguments.of(
                        broker.tlsPort(), tls, "does ssl.truststore.location hold the authority of its certificate?"),
                Arguments.of(
                        broker.loginPort(),
                        with("SASL_PLAINTEXT", "classifier", "wrong"),
                        "it refuses the login: Authentication failed: Invalid username or password; check sasl.mechanism and"
                                + " sasl.jaas.config"),
                Arguments.of(
                        broker.loginPort(),
                        Map.of(
                                "security.protocol",
                                "SASL_PLAINTEXT",
                                "sasl.mechanism",
                                "SCRAM-SHA-256",
                                "sasl.jaas.config",
                                "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"a\""
                                        + " password=\"b\";"),
                        "it refuses the login: Client SASL mechanism 'SCRAM-SHA-256' not enabled in the server, enabled"
                                + " mechanisms are [PLAIN]"));
    }

    @Test
    void closedPortIsNamed() throws IOException {
        // Given
        int closed = LoopbackPort.free();

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(at("127.0.0.1:" + closed), SOON));

        // Then
        reaching.hasMessage("cannot use Kafka at 127.0.0.1:" + closed + ": 127.0.0.1:" + closed
                + ": nothing listens there; is Kafka running, and is the port right?");
    }

    @Test
    void unknownHostIsNamed() {
        // Given
        String nowhere = "nowhere.invalid:9092";

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(at(nowhere)));

        // Then
        reaching.hasMessage(
                "cannot use Kafka at nowhere.invalid:9092: there is no such host; is bootstrap.servers right?");
    }

    @ParameterizedTest
    @MethodSource("protocols")
    void webServerIsNamed(String protocol) throws IOException {
        // Given
        var web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        // As web servers do: one that keeps its peer waiting keeps no other.
        var threads = Executors.newCachedThreadPool();
        web.setExecutor(threads);
        web.start();
        var kafka = at("localhost:" + web.getAddress().getPort());
        kafka.put("security.protocol", protocol);

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(kafka, SOON));

        // Then
        web.stop(0);
        threads.shutdownNow();
        reaching.hasMessageContaining("that is a web server, not Kafka; is the port right?");
    }

    static Stream<String> protocols() {
        return Stream.of("PLAINTEXT", "SSL");
    }

    @Test
    void portThatTakesConnectionsAndSaysNothingIsNamed() throws IOException {
        // Given
        try (var mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // When
            var reaching = assertThatThrownBy(() -> Cluster.reach(at("localhost:" + mute.getLocalPort()), SOON));

            // Then
            reaching.hasMessageContaining("it takes connections but does not answer as Kafka does; is the port right?");
        }
    }

    @Test
    void keyStoreThatIsNotThereIsNamed() {
        // Given
        var kafka = at("localhost:1");
        kafka.put("security.protocol", "SSL");
        kafka.put("ssl.truststore.location", "/nowhere/trust.jks");

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(kafka));

        // Then
        reaching.isInstanceOfSatisfying(CommandFailure.class, failure -> assertThat(failure.exitCode())
                        .isEqualTo(2))
                .hasMessage("Kafka's client refuses its properties: no file /nowhere/trust.jks");
    }

    @Test
    void everyAddressIsToldOf() throws IOException {
        // Given
        String servers = "127.0.0.1:1,localhost:2";

        // When
        var reaching = assertThatThrownBy(() -> Cluster.reach(at(servers), SOON));

        // Then
        reaching.hasMessageContaining("127.0.0.1:1: nothing listens there")
                .hasMessageContaining("localhost:2: nothing listens there");
    }

    private static Map<String, Object> at(String servers) {
        return new HashMap<>(Map.of("bootstrap.servers", servers));
    }

    private static Map<String, Object> with(String protocol, String user, String password) {
        Map<String, Object> client = new HashMap<>(SecuredBroker.credentials(user, password));
        client.put("security.protocol", protocol);
        return client;
    }
}
