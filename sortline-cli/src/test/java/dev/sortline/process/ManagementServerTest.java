// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManagementServerTest {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(ANSWER_WITHIN).build();
    private final List<Socket> peers = new ArrayList<>();
    private final Told health = new Told();
    private ManagementServer server;

    @BeforeEach
    void start() {
        server = ManagementServer.start(ManagementServer.LOOPBACK, 0, registry, health);
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
        registry.close();
        for (Socket peer : peers) {
            peer.close();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "GET /health/live HTTP/1.1\r\nHost: half",
                "POST /metrics HTTP/1.1\r\nHost: half\r\nContent-Length: 1000\r\n\r\nhalf a body",
                "GET /metrics HTTP/1.1\r\nHost: half\r\nContent-Length: 1000\r\n\r\nhalf a body"
            })
    void peersThatStopHalfWaySilenceNobodyElse(String sent) throws Exception {
        // Given
        for (int i = 0; i < 200; i++) {
            peer(sent);
        }

        // When
        var live = get("/health/live");
        var metrics = get("/metrics");

        // Then
        assertThat(live.body()).isEqualTo("live\n");
        assertThat(metrics.statusCode()).isEqualTo(200);
    }

    @Test
    void peerThatStopsHalfWayIsHungUpOn() throws Exception {
        // Given
        Socket peer = peer("GET /health/live HTTP/1.1\r\nHost: half");
        peer.setSoTimeout(60_000);

        // When
        byte[] answer = peer.getInputStream().readAllBytes();

        // Then
        assertThat(new String(answer, StandardCharsets.US_ASCII)).doesNotContain("200");
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        // Given
        Socket peer = peer("GET /health/live HTTP/1.1\r\nHost: long\r\nX-Long: " + "x".repeat(16 << 10));
        peer.setSoTimeout(60_000);

        // When
        byte[] answer = peer.getInputStream().readNBytes(12);

        // Then
        assertThat(new String(answer, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 431");
    }

    @Test
    void deadlocksFailLivenessAndSayWhich() throws Exception {
        // Given
        health.deadlocks = List.of("thread 1 is stuck", "thread 2 is stuck");

        // When
        var live = get("/health/live");

        // Then
        assertThat(live.statusCode()).isEqualTo(503);
        assertThat(live.body()).isEqualTo("thread 1 is stuck\nthread 2 is stuck\n");
    }

    @Test
    void obstaclesFailReadinessAndNotLiveness() throws Exception {
        // Given
        health.obstacles = List.of("kafka: is away");
        health.warnings = List.of("camera-1: is silent");

        // When
        var ready = get("/health/ready");
        var live = get("/health/live");

        // Then
        assertThat(ready.statusCode()).isEqualTo(503);
        assertThat(ready.body()).isEqualTo("kafka: is away\n");
        assertThat(live.statusCode()).isEqualTo(200);
    }

    @Test
    void warningsAreToldWhileReady() throws Exception {
        // Given
        health.warnings = List.of("camera-1: is silent");

        // When
        var ready = get("/health/ready");

        // Then
        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(ready.body()).isEqualTo("ready\ncamera-1: is silent\n");
    }

    @Test
    void metricsAreThoseOfTheRegistry() throws Exception {
        // Given
        registry.counter("frames", "line", "line-1").increment();

        // When
        var metrics = get("/metrics");

        // Then
        assertThat(metrics.body()).contains("frames_total{line=\"line-1\"} 1.0");
        assertThat(metrics.headers().firstValue("Content-Type")).contains("text/plain; version=0.0.4; charset=utf-8");
    }

    @Test
    void otherPathsAndMethodsAreRefused() throws Exception {
        // Given
        var post = request("/metrics").POST(BodyPublishers.ofString("x")).build();

        // When
        var unknown = get("/other");
        var posted = client.send(post, BodyHandlers.ofString());

        // Then
        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(posted.statusCode()).isEqualTo(405);
    }

    @Test
    void portThatIsTakenIsTold() {
        // Given
        int taken = server.port();

        // When
        var starting =
                assertThatThrownBy(() -> ManagementServer.start(ManagementServer.LOOPBACK, taken, registry, health));

        // Then
        starting.isInstanceOf(CommandFailure.class)
                .hasMessageMatching("cannot serve HTTP on 127.0.0.1:" + taken
                        + ": .*in use.*; choose another http.port, or http.address");
    }

    @Test
    void portIsFreeAgainOnceClosed() {
        // Given
        int port = server.port();
        server.close();

        // When
        server = ManagementServer.start(ManagementServer.LOOPBACK, port, registry, health);

        // Then
        assertThat(server.port()).isEqualTo(port);
    }

    @Test
    void nobodyIsHeardAtAnAddressThatIsNotListenedOn() {
        // When
        var calling = assertThatThrownBy(() -> new Socket("127.0.0.2", server.port()).close());

        // Then
        calling.isInstanceOf(ConnectException.class);
    }

    @Test
    void allAddressesAreListenedOnWhereToldSo() throws IOException {
        // Given
        server.close();
        server = ManagementServer.start("0.0.0.0", 0, registry, health);

        // When
        try (var peer = new Socket("127.0.0.2", server.port())) {

            // Then
            assertThat(peer.isConnected()).isTrue();
        }
    }

    @Test
    void addressThatThisMachineHasNotIsTold() {
        // When
        var starting = assertThatThrownBy(() -> ManagementServer.start("192.0.2.1", 0, registry, health));

        // Then
        starting.isInstanceOf(CommandFailure.class).hasMessageStartingWith("cannot serve HTTP on 192.0.2.1:0: ");
    }

    private Socket peer(String sent) throws IOException {
        var peer = new Socket(InetAddress.getLoopbackAddress(), server.port());
        peers.add(peer);
        peer.getOutputStream().write(sent.getBytes(StandardCharsets.US_ASCII));
        return peer;
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), BodyHandlers.ofString());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path))
                .timeout(ANSWER_WITHIN);
    }

    /** A health that is told what to say. */
    private static final class Told implements Health {
        private volatile List<String> deadlocks = List.of();
        private volatile List<String> obstacles = List.of();
        private volatile List<String> warnings = List.of();

        @Override
        public List<String> deadlocks() {
            return deadlocks;
        }

        @Override
        public List<String> obstacles() {
            return obstacles;
        }

        @Override
        public List<String> warnings() {
            return warnings;
        }
    }
}
