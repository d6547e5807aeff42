// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.CameraBits;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.driver.RecordingDriver;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.LineStatus;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against node-opcua's server. */
@Timeout(120)
class OpcUaClientDriverTest {
    @TempDir
    private static Path plcFolder;

    private static int port;
    private static OpcUaPlc plc;

    private final Shot shot = Events.shot(Events.sort("line-1", "4711", 3, Instant.now()), 70_003);

    @TempDir
    private Path folder;

    private ActuatorDriver driver = new RecordingDriver();
    private int before;

    @BeforeAll
    static void serve() throws IOException, InterruptedException {
        port = Ports.free();
        plc = OpcUaPlc.start(port, plcFolder, OpcUaPlc.SECURED);
    }

    @AfterAll
    static void stop() throws InterruptedException {
        // Missing where its tests are skipped.
        if (plc != null) {
            plc.close();
        }
    }

    @BeforeEach
    void writePassword() throws IOException {
        Files.writeString(folder.resolve("password"), "secret\n");
        before = plc.writes().size();
    }

    @AfterEach
    void disconnect() {
        driver.disconnect();
    }

    @Test
    void shotSetsItsEjectorsNodeAndThenTellsTheItem() throws Exception {
        // Given
        connect(OpcUaPlc.line());

        // When
        driver.fire(shot, Events.inTime());
        driver.report(shot);
        driver.release(shot);

        // Then
        plc.awaitWrites(before + 14);
        assertThat(written().subList(8, 14))
                .startsWith("\"Ejector\"[3] true")
                .endsWith("\"Ejector\"[3] false")
                .containsExactlyInAnyOrder(
                        "\"Ejector\"[3] true",
                        "\"Shot\" 70003",
                        "\"Item\" 4711",
                        "\"Lane\" glass",
                        "\"Confidence\" 0.9300000071525574",
                        "\"Ejector\"[3] false");
    }

    @Test
    void ejectorsAreReleasedByWhoTakesTheirLineOver() throws Exception {
        // Given
        OpcUaPlc.trust(port, folder);
        driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");
        driver.connect();
        int connected = plc.writes().size();

        // When
        driver.takeOver("line-1");

        // Then
        assertThat(connected).isEqualTo(before);
        plc.awaitWrites(before + 8);
        assertThat(written()).hasSize(8).contains("\"Ejector\"[1] false", "\"Ejector\"[8] false");
    }

    @Test
    void valuesTakeTheTypesOfTheirNodes() throws Exception {
        // Given
        connect(new OpcUaClientLine(
                Map.of("3", OpcUaPlc.db("\"Ejector\"[3]")),
                OpcUaPlc.db("\"Heartbeat\""),
                OpcUaPlc.db("\"ShotSmall\""),
                OpcUaPlc.db("\"ItemNumber\""),
                OpcUaPlc.db("\"LaneNumber\""),
                OpcUaPlc.db("\"ConfidenceMille\""),
                OpcUaPlc.db("\"Cameras\"")));

        // When
        driver.beat(status(70_001));
        driver.fire(shot, Events.inTime());
        driver.report(shot);

        // Then
        plc.awaitWrites(before + 8);
        assertThat(written())
                .containsSubsequence("\"Heartbeat\" " + (70_001 - 65_536), "\"Ejector\"[3] true")
                .contains(
                        "\"ShotSmall\" " + (70_003 - 65_536),
                        "\"ItemNumber\" 4711",
                        "\"LaneNumber\" 3",
                        "\"ConfidenceMille\" 930",
                        "\"Cameras\" " + CameraBits.UNKNOWN);
    }

    @Test
    void controllerWithoutAHeartbeatNodeIsOnlyAskedWhetherItIsThere() throws Exception {
        // Given
        connect(OpcUaPlc.lineOf(OpcUaPlc.db("\"Ejector\"[3]")));

        // When
        var beating = assertThatCode(() -> driver.beat(status(1)));

        // Then
        beating.doesNotThrowAnyException();
        plc.awaitWrites(before + 1);
        assertThat(written()).containsExactly("\"Ejector\"[3] false");
    }

    @Test
    void onlyEjectorsWithANodeAreReached() {
        // When
        driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");

        // Then
        assertThat(driver.reaches(shot)).isTrue();
        assertThat(driver.reaches(Events.shot(Events.sort("line-1", "a", 9, Instant.now()), 1)))
                .isFalse();
        assertThat(driver.reaches(Events.shot(Events.sort("line-2", "a", 3, Instant.now()), 1)))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    "Nothing"    | has no node ns=2;s="DB_Sort"."Nothing" for ejector
                    "ReadOnly"   | has node ns=2;s="DB_Sort"."ReadOnly" for ejector, but only to be read
                    "Locked"     | has node ns=2;s="DB_Sort"."Locked" for ejector, but this user may not write it
                    "Ejectors"   | has node ns=2;s="DB_Sort"."Ejectors" for ejector, but it is an array
                    "Heartbeat"  | has node ns=2;s="DB_Sort"."Heartbeat" for ejector, but of type ns=2;i=1
                    "Shot"       | has node ns=2;s="DB_Sort"."Shot" for ejector, but of type Int32: must be Boolean
                    """)
    void nodeThatDoesNotFitIsNamed(String node, String problem) throws Exception {
        // Given
        OpcUaPlc.trust(port, folder);
        driver = OpcUaPlc.secured(port, folder, OpcUaPlc.lineOf(OpcUaPlc.db(node)))
                .open("plc");

        // When
        var connecting = assertThatThrownBy(driver::connect);

        // Then
        connecting
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("OPC UA controller at opc.tcp://localhost:%d: %s".formatted(port, problem));
        assertThat(written()).isEmpty();
    }

    @Test
    void objectIsNoVariable() throws Exception {
        // Given
        OpcUaPlc.trust(port, folder);
        String object = "nsu=http://plc.example/program;s=\"DB_Sort\"";
        driver = OpcUaPlc.secured(port, folder, OpcUaPlc.lineOf(object)).open("plc");

        // When
        var connecting = assertThatThrownBy(driver::connect);

        // Then
        connecting.hasMessageEndingWith("has node ns=2;s=\"DB_Sort\" for ejector, but it is no variable");
    }

    @Test
    void namespaceThatTheControllerLacksIsToldBesideThoseThatItHas() throws Exception {
        // Given
        OpcUaPlc.trust(port, folder);
        driver = OpcUaPlc.secured(port, folder, OpcUaPlc.lineOf("nsu=urn:other;s=Ejector"))
                .open("plc");

        // When
        var connecting = assertThatThrownBy(driver::connect);

        // Then
        connecting
                .hasMessageContaining("has no namespace for node nsu=urn:other;s=Ejector for ejector, only [")
                .hasMessageContaining("http://plc.example/program");
    }

    @Test
    void refusedWriteIsAFailureThatNamesNodeAndStatus() throws Exception {
        // Given
        OpcUaPlc.trust(port, folder);
        driver = OpcUaPlc.secured(port, folder, OpcUaPlc.lineOf(OpcUaPlc.db("\"Refused\"")))
                .open("plc");
        driver.connect();

        // When
        var takingOver = assertThatThrownBy(() -> driver.takeOver("line-1"));

        // Then
        takingOver
                .isInstanceOf(IOException.class)
                .hasMessageEndingWith(
                        "does not take what is written to node ns=2;s=\"DB_Sort\".\"Refused\", Bad_UserAccessDenied");
    }

    private void connect(OpcUaClientLine line) throws IOException, InterruptedException {
        OpcUaPlc.trust(port, folder);
        driver = OpcUaPlc.secured(port, folder, line).open("plc");
        driver.connect();
        driver.takeOver("line-1");
    }

    private List<String> written() {
        List<String> all = plc.writes();
        return all.subList(before, all.size());
    }

    private static LineStatus status(long beat) {
        return new LineStatus("line-1", true, false, beat, Map.of(), Map.of());
    }
}
