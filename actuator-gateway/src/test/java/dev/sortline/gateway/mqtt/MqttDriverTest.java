// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.mqtt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.Peer;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.driver.Proxy;
import dev.sortline.gateway.firing.Announcement;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.EventFate;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a broker in this JVM, and Debian's mosquitto where it is installed. What a lost one leads to is in {@link MqttContractTest}. */
@Timeout(60)
class MqttDriverTest {
    /** The broker is there for all tests, so each has a line of its own. */
    private static final AtomicInteger LINES = new AtomicInteger();

    private final String line = "line-" + LINES.incrementAndGet();
    private final LineStatus alive = new LineStatus(line, true, false, 7, Map.of(EventFate.FIRED, 3L), Map.of());
    private final Instant fireAt = Instant.parse("2026-03-01T10:00:00.250Z");
    private final Shot shot = new Shot(Events.sort(line, "a", 3, fireAt), 9, fireAt.plusMillis(20));

    @TempDir
    private Path folder;

    @Test
    void subscriberGetsTheEventWhenItsTimeComes() throws Exception {
        // Given
        int port = MqttBroker.running().port();
        try (var plc = new MqttListener(port, topic("actuations"))) {
            var driver = open(settings(port));

            // When
            boolean taken = driver.fire(shot, Events.inTime());
            plc.awaitLine(topic("actuations"));
            driver.disconnect();

            // Then
            assertThat(taken).isTrue();
            assertThat(plc.lines()).singleElement().satisfies(message -> assertThat(message)
                    .contains("\"itemId\":\"a\"", "\"ejector\":3", "\"fireAt\":", "\"fireAtEncoder\":5120")
                    .contains("number:9", "id:" + line + "/a", "type:dev.sortline.item.routed.v1")
                    .contains(" qos=1 retain=0"));
        }
    }

    @Test
    void shotSaysFromWhenOnItMustNotBeActedOn() throws Exception {
        // Given
        int port = MqttBroker.running().port();
        try (var plc = new MqttListener(port, topic("actuations"))) {
            var driver = open(settings(port));

            // When
            driver.fire(shot, Events.inTime());
            plc.awaitLine(topic("actuations"));
            driver.disconnect();

            // Then
            JsonNode json = payload(plc);
            assertThat(json.path("notAfter").asText()).isEqualTo("2026-03-01T10:00:00.270Z");
            assertThat(json.path("number").asInt()).isEqualTo(9);
            assertThat(plc.lines()).singleElement().asString().endsWith("expires=1");
        }
    }

    @Test
    void shotThatNobodyListensToIsNotTaken() throws Exception {
        // Given
        var driver = open(settings(MqttBroker.running().port()));

        // When
        boolean taken = driver.fire(shot, Events.inTime());

        // Then
        assertThat(taken).isFalse();
        driver.disconnect();
    }

    @Test
    void stateIsRetainedForWhoComesLater() throws Exception {
        // Given
        int port = MqttBroker.running().port();
        var driver = open(settings(port));
        driver.beat(alive);

        // When
        try (var scada = new MqttListener(port, topic("state"))) {
            scada.awaitLine(topic("state"));

            // Then
            assertThat(scada.lines())
                    .singleElement()
                    .asString()
                    .contains(
                            "{\"lineId\":\"" + line
                                    + "\",\"alive\":true,\"dryRun\":false,\"beat\":7,\"fired\":3,\"cameras\":[]}",
                            "retain=1");
        }
        driver.disconnect();
    }

    @Test
    void stateIsJsonInAnyLanguage() throws Exception {
        // Given
        Locale before = Locale.getDefault();
        int port = MqttBroker.running().port();
        try (var scada = new MqttListener(port, topic("state"))) {
            var driver = open(settings(port));

            // When
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            try {
                driver.beat(alive);
            } finally {
                Locale.setDefault(before);
            }
            scada.awaitLine(topic("state"));
            driver.disconnect();

            // Then
            assertThat(payload(scada).path("beat").asInt()).isEqualTo(7);
        }
    }

    @Test
    void itemsAreAnnouncedWithWhatBecomesOfThem() throws Exception {
        // Given
        var unsure = Events.unsure(line, "b", Instant.now());
        int port = MqttBroker.running().port();
        try (var plc = new MqttListener(port, topic("announcements"))) {
            var driver = open(settings(port));

            // When
            driver.announce(new Announcement(shot.event(), shot, null));
            driver.announce(new Announcement(unsure, null, EventFate.RESIDUAL));
            await().until(() -> plc.lines().size() == 2);
            driver.disconnect();

            // Then
            assertThat(plc.lines().get(0)).contains("number:9", "\"notAfter\":").doesNotContain("fate:");
            assertThat(plc.lines().get(1)).contains("fate:residual").doesNotContain("number:", "\"notAfter\":");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void subscribersLearnThatTheGatewayIsGone(boolean killed) throws Exception {
        // Given
        int port = MqttBroker.running().port();
        try (var scada = new MqttListener(port, "sortline/gateways/+/state")) {
            var proxy = new Proxy(port);
            var driver = open(new MqttSettings("127.0.0.1", proxy.port(), "gone-" + killed, null, null, null));
            scada.awaitLine("sortline/gateways/gone-" + killed);

            // When
            if (killed) {
                proxy.cut();
            } else {
                driver.disconnect();
            }

            // Then
            await().untilAsserted(() -> assertThat(scada.lines())
                    .filteredOn(message -> message.startsWith("sortline/gateways/gone-" + killed))
                    .last()
                    .asString()
                    .contains("{\"online\":false}")
                    .endsWith("expires=86400"));
            driver.disconnect();
            proxy.close();
        }
    }

    @Test
    void connectionIsEncryptedAndNeedsAPassword() throws Exception {
        // Given
        var broker = MqttBroker.running();
        Path password = Files.writeString(folder.resolve("password"), MqttBroker.PASSWORD + "\n");
        var trusted = new MqttSettings.Tls(broker.certificate());
        var trusting = guarded(MqttBroker.USER, password, trusted);
        var anonymous = guarded(null, null, trusted);
        var distrusting = guarded(MqttBroker.USER, password, new MqttSettings.Tls(null));

        // When
        var driver = open(trusting);
        var withoutPassword = assertThatThrownBy(() -> open(anonymous));
        var withoutTrust = assertThatThrownBy(() -> open(distrusting));

        // Then
        driver.beat(alive);
        driver.disconnect();
        withoutPassword.isInstanceOf(IOException.class).hasMessageContaining("NOT_AUTHORIZED");
        withoutTrust.isInstanceOf(IOException.class).hasMessageContaining("certificat");
    }

    @Test
    void brokerThatSpeaksAnOlderMqttOnlyIsToldOf() throws Exception {
        // Given
        try (var old = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            var refusing = new Thread(() -> {
                try (var peer = old.accept()) {
                    peer.getInputStream().read(new byte[1_024]);
                    // CONNACK of MQTT 3.1.1: unacceptable protocol version.
                    peer.getOutputStream().write(new byte[] {0x20, 2, 0, 1});
                } catch (IOException e) {
                    // The test tells.
                }
            });
            refusing.start();

            // When
            var connecting = assertThatThrownBy(() -> open(settings(old.getLocalPort())));

            // Then
            refusing.join();
            connecting
                    .isInstanceOf(IOException.class)
                    .hasMessage("MQTT broker at 127.0.0.1:" + old.getLocalPort()
                            + " refuses MQTT 5: take a broker that speaks it, mosquitto does from 1.6 on");
        }
    }

    @Test
    void mosquittoPassesAShotOn() throws Exception {
        // Given
        int port = Ports.free();
        Path config = Files.writeString(
                folder.resolve("mosquitto.conf"), "listener " + port + " 127.0.0.1\nallow_anonymous true\n");
        try (var broker = Peer.program(List.of("mosquitto", "-v", "-c", config.toString()))) {
            broker.awaitLineWith("running");
            try (var plc = Peer.program(List.of(
                    "mosquitto_sub",
                    "-V",
                    "5",
                    "-p",
                    Integer.toString(port),
                    "-h",
                    "127.0.0.1",
                    "-q",
                    "1",
                    "-t",
                    topic("actuations"),
                    "-F",
                    "%t %p %P"))) {
                broker.awaitLineWith("Sending SUBACK");
                var driver = open(settings(port));

                // When
                boolean taken = driver.fire(shot, Events.inTime());
                plc.awaitLine(topic("actuations"));
                driver.disconnect();

                // Then
                assertThat(taken).isTrue();
                assertThat(plc.lines()).singleElement().asString().contains("\"ejector\":3", "number:9");
            }
        }
    }

    private String topic(String kind) {
        return "sortline/" + line + "/" + kind;
    }

    private static JsonNode payload(MqttListener listener) throws IOException {
        String message = listener.lines().get(0);
        return new ObjectMapper().readTree(message.substring(message.indexOf('{'), message.lastIndexOf('}') + 1));
    }

    private static MqttSettings settings(int port) {
        return new MqttSettings("127.0.0.1", port, null, null, null, null);
    }

    private static MqttSettings guarded(String user, Path password, MqttSettings.Tls tls) {
        return new MqttSettings("localhost", MqttBroker.running().tlsPort(), null, user, password, tls);
    }

    private static ActuatorDriver open(MqttSettings settings) throws IOException, InterruptedException {
        var driver = settings.open("plc");
        driver.connect();
        return driver;
    }
}
