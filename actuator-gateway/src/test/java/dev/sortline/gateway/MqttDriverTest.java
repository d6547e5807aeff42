// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against Debian's mosquitto and mosquitto_sub. */
@Timeout(60)
class MqttDriverTest {
    private static final LineStatus ALIVE = new LineStatus("line-1", true, false, 7, Map.of(Fate.FIRED, 3L), Map.of());

    private final int port = Ports.free();
    private final Shot shot = shot("a");
    private Peer broker;

    @TempDir
    private Path folder;

    @Test
    void subscriberGetsTheEventWhenItsTimeComes() throws Exception {
        // Given
        try (var running = broker("");
                var plc = subscriber("sortline/line-1/actuations")) {
            var driver = open(settings(null));

            // When
            boolean taken = driver.fire(shot);
            plc.awaitLine("sortline/line-1/actuations");
            driver.disconnect();

            // Then
            assertThat(taken).isTrue();
            assertThat(plc.lines()).singleElement().satisfies(line -> assertThat(line)
                    .contains("\"itemId\":\"a\"", "\"ejector\":3", "\"fireAt\":", "\"fireAtEncoder\":5120")
                    .contains("number:9", "id:line-1/a", "type:dev.sortline.item.routed.v1")
                    .contains(" qos=1 retain=0"));
        }
    }

    @Test
    void shotThatNobodyListensToIsNotTaken() throws Exception {
        // Given
        try (var running = broker("")) {
            var driver = open(settings(null));

            // When
            boolean taken = driver.fire(shot);

            // Then
            assertThat(taken).isFalse();
            driver.disconnect();
        }
    }

    @Test
    void stateIsRetainedForWhoComesLater() throws Exception {
        // Given
        try (var running = broker("")) {
            var driver = open(settings(null));
            driver.beat(ALIVE);

            // When
            try (var scada = subscriber("sortline/+/state")) {
                scada.awaitLine("sortline/line-1/state");

                // Then
                assertThat(scada.lines())
                        .first()
                        .asString()
                        .contains(
                                "{\"lineId\":\"line-1\",\"alive\":true,\"dryRun\":false,\"beat\":7,\"fired\":3}",
                                "retain=1");
            }
            driver.disconnect();
        }
    }

    @Test
    void itemsAreAnnouncedWithWhatBecomesOfThem() throws Exception {
        // Given
        var unsure = Events.unsure("line-1", "b", Instant.now());
        try (var running = broker("");
                var plc = subscriber("sortline/line-1/announcements")) {
            var driver = open(settings(null));

            // When
            driver.announce(new Announcement(shot.event(), shot, null));
            driver.announce(new Announcement(unsure, null, Fate.RESIDUAL));
            await().atMost(10, TimeUnit.SECONDS).until(() -> plc.lines().size() == 2);
            driver.disconnect();

            // Then
            assertThat(plc.lines().get(0)).contains("number:9").doesNotContain("fate:");
            assertThat(plc.lines().get(1)).contains("fate:residual").doesNotContain("number:");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void subscribersLearnThatTheGatewayIsGone(boolean killed) throws Exception {
        // Given
        try (var running = broker("");
                var scada = subscriber("sortline/gateways/sortline-plc/state")) {
            var proxy = new Proxy(port);
            var driver = open(new MqttSettings("127.0.0.1", proxy.port(), null, null, null, null));
            scada.awaitLine("sortline/gateways/sortline-plc/state {\"online\":true}");

            // When
            if (killed) {
                proxy.cut();
            } else {
                driver.disconnect();
            }

            // Then
            scada.awaitLine("sortline/gateways/sortline-plc/state {\"online\":false}");
            driver.disconnect();
        }
    }

    @Test
    void connectionIsEncryptedAndNeedsAPassword() throws Exception {
        // Given
        Path certificate = certificate();
        Path password = Files.writeString(folder.resolve("password"), "secret\n");
        run("mosquitto_passwd", "-b", "-c", folder.resolve("users").toString(), "gateway", "secret");
        String tls = "cafile %1$s\ncertfile %1$s\nkeyfile %2$s\nallow_anonymous false\npassword_file %3$s\n"
                .formatted(certificate, folder.resolve("key.pem"), folder.resolve("users"));
        var trusting =
                new MqttSettings("localhost", port, null, "gateway", password, new MqttSettings.Tls(certificate));
        var anonymous = new MqttSettings("localhost", port, null, null, null, new MqttSettings.Tls(certificate));
        var distrusting = new MqttSettings("localhost", port, null, "gateway", password, new MqttSettings.Tls(null));
        try (var running = broker(tls)) {

            // When
            var driver = open(trusting);
            var withoutPassword = assertThatThrownBy(() -> open(anonymous));
            var withoutTrust = assertThatThrownBy(() -> open(distrusting));

            // Then
            driver.beat(ALIVE);
            driver.disconnect();
            withoutPassword.isInstanceOf(IOException.class).hasMessageContaining("NOT_AUTHORIZED");
            withoutTrust.isInstanceOf(IOException.class).hasMessageContaining("certificat");
        }
    }

    @Test
    void brokerThatGoesAndReturnsGetsNothingStale() throws Exception {
        // Given
        var taken = new CopyOnWriteArrayList<Boolean>();
        var runner = new DriverRunner(
                "plc",
                settings(null).open("plc"),
                DriverRunnerTest.TOLERANT,
                new GatewayMetrics(new SimpleMeterRegistry()));
        try (runner) {
            try (var running = broker("")) {
                runner.start();
                await().until(() -> runner.problem().isEmpty());
            }

            // When
            runner.beat(ALIVE);
            await().until(() -> runner.problem().isPresent());
            runner.fire(shot("meanwhile"), System.nanoTime(), taken::add);
            try (var running = broker("");
                    var plc = subscriber("sortline/line-1/actuations")) {
                await().atMost(20, TimeUnit.SECONDS)
                        .until(() -> runner.problem().isEmpty());
                runner.fire(shot("after"), System.nanoTime(), taken::add);
                plc.awaitLine("sortline/line-1/actuations");

                // Then
                assertThat(plc.lines()).singleElement().asString().contains("\"itemId\":\"after\"");
                assertThat(taken).first().isEqualTo(false);
            }
        }
    }

    @Test
    void brokerThatTakesTheConnectionAndNeverAnswersIsGivenUp() throws Exception {
        // Given
        try (var hostile = new ServerSocket(port, 50, InetAddress.getLoopbackAddress())) {

            // When
            var connecting = assertThatThrownBy(() -> open(settings(null)));

            // Then
            connecting.isInstanceOf(IOException.class).hasMessageContaining("MQTT broker at 127.0.0.1:" + port);
        }
    }

    private MqttSettings settings(MqttSettings.Tls tls) {
        return new MqttSettings("127.0.0.1", port, null, null, null, tls);
    }

    private static ActuatorDriver open(MqttSettings settings) throws IOException, InterruptedException {
        var driver = settings.open("plc");
        driver.connect();
        return driver;
    }

    private static Shot shot(String item) {
        return new Shot(Events.sort("line-1", item, 3, Instant.now()), 9);
    }

    private Peer broker(String more) throws IOException {
        Path config = Files.writeString(
                folder.resolve("mosquitto.conf"),
                "listener %d 127.0.0.1\nuser root\n%s"
                        .formatted(port, more.isEmpty() ? "allow_anonymous true\n" : more));
        broker = Peer.program(List.of("mosquitto", "-v", "-c", config.toString()));
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> broker.lines().stream().anyMatch(line -> line.contains("running")));
        return broker;
    }

    private Peer subscriber(String topic) throws IOException {
        var subscriber = Peer.program(List.of(
                "mosquitto_sub",
                "-V",
                "5",
                "-p",
                "" + port,
                "-h",
                "127.0.0.1",
                "-q",
                "1",
                "-t",
                topic,
                "-F",
                "%t %p %P qos=%q retain=%r"));
        await().atMost(10, TimeUnit.SECONDS)
                .until(() -> broker.lines().stream().anyMatch(line -> line.contains("Sending SUBACK")));
        return subscriber;
    }

    private static void run(String... command) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    private Path certificate() throws IOException, InterruptedException {
        Path certificate = folder.resolve("certificate.pem");
        run(
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "rsa:2048",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-addext",
                "subjectAltName=DNS:localhost,IP:127.0.0.1",
                "-keyout",
                folder.resolve("key.pem").toString(),
                "-out",
                certificate.toString());
        return certificate;
    }
}
