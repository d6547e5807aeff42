// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.Peer;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Against node-opcua-client. */
@Timeout(120)
class OpcUaServerDriverTest {
    private static final LineStatus ALIVE =
            new LineStatus("line-1", true, false, 4_711, Map.of(EventFate.FIRED, 815L), Map.of(3, 42L));

    private final int port = Ports.free();
    private final Shot shot = Events.shot(Events.sort("line-1", "a", 3, Instant.now()), 9);
    private ActuatorDriver driver;

    @TempDir
    private Path folder;

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("password"), "secret\n");
        driver = new OpcUaServerSettings(port, "localhost", Path.of("certificates"), "scada", Path.of("password"))
                .startingAt(folder)
                .open("opc");
        connect();
    }

    @AfterEach
    void stop() {
        driver.disconnect();
    }

    @Test
    void trustedClientBrowsesReadsAndIsToldOfAShot() throws Exception {
        // Given
        trustClient();
        try (var client = client("secret")) {
            client.awaitLine("fire false");

            // When
            driver.fire(shot, Events.inTime());
            client.awaitLine("fire true");
            driver.release(shot);

            // Then
            await().atMost(60, TimeUnit.SECONDS).untilAsserted(() -> assertThat(client.lines())
                    .containsExactly(
                            "browsed Alive Cameras DryRun Ejectors Heartbeat LastItem Totals",
                            "heartbeat 4711",
                            "fire false",
                            "fire true",
                            "fire false"));
        }
    }

    @Test
    void clientWhoseCertificateIsNotTrustedIsRejectedAndItsCertificateKept() throws Exception {
        // When
        try (var client = client("secret")) {
            client.awaitLine("failed");
        }

        // Then
        try (var rejected = Files.list(folder.resolve("certificates/rejected"))) {
            assertThat(rejected).hasSize(1);
        }
    }

    @Test
    void wrongPasswordIsRejected() throws Exception {
        // Given
        trustClient();

        // When
        try (var client = client("guess")) {
            client.awaitLine("failed");

            // Then
            assertThat(client.lines()).singleElement().asString().contains("Bad");
        }
    }

    @Test
    void peersThatHoldTheirConnectionsLeaveRoomForOthers() throws Exception {
        // Given
        trustClient();
        List<Socket> hostile = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            hostile.add(new Socket(InetAddress.getLoopbackAddress(), port));
        }

        // When
        try (var client = client("secret")) {

            // Then
            client.awaitLine("heartbeat 4711");
        }
        for (var socket : hostile) {
            socket.close();
        }
    }

    @Test
    void certificateSurvivesARestart() throws Exception {
        // Given
        byte[] before = Files.readAllBytes(folder.resolve("certificates/gateway.der"));
        driver.disconnect();

        // When
        driver.connect();

        // Then
        assertThat(folder.resolve("certificates/gateway.der")).hasBinaryContent(before);
    }

    /** As an administrator does: lets a client knock and moves its certificate to those that are trusted. */
    private void trustClient() throws IOException, InterruptedException {
        try (var client = client("secret")) {
            client.awaitLine("failed");
        }
        try (var rejected = Files.list(folder.resolve("certificates/rejected"))) {
            for (Path certificate : rejected.toList()) {
                Files.move(
                        certificate,
                        folder.resolve("certificates/pki/trusted/certs").resolve(certificate.getFileName()),
                        StandardCopyOption.REPLACE_EXISTING);
            }
        }
        driver.disconnect();
        connect();
    }

    private void connect() throws IOException, InterruptedException {
        driver.connect();
        driver.beat(ALIVE);
        driver.announce(new Announcement(shot.event(), shot, null));
        driver.release(shot);
    }

    private Peer client(String password) throws IOException, InterruptedException {
        return Peer.node("opcua-client.cjs", port, folder.resolve("client"), "scada", password);
    }
}
