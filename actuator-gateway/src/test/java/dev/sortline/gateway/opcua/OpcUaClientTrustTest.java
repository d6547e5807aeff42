// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.driver.RecordingDriver;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.rules.Shot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who trusts whom, between the gateway and node-opcua's server. */
@Timeout(120)
class OpcUaClientTrustTest {
    private final int port = Ports.free();
    private final Shot shot = Events.shot(Events.sort("line-1", "4711", 3, Instant.now()), 70_003);

    @TempDir
    private Path folder;

    private ActuatorDriver driver = new RecordingDriver();

    @BeforeEach
    void writePassword() throws IOException {
        Files.writeString(folder.resolve("password"), "secret\n");
    }

    @AfterEach
    void disconnect() {
        driver.disconnect();
    }

    @Test
    void controllerWhoseCertificateIsNotTrustedIsNotWrittenToAndItsCertificateKept() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.SECURED)) {
            driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");

            // When, Then
            OpcUaPlc.awaitRefusal(driver, "has a certificate that is not trusted", "pki/trusted/certs");
            assertThat(plc.writes()).isEmpty();
            assertThat(folder.resolve("certificates/rejected")).isDirectoryContaining("glob:**.der");
        }
    }

    @Test
    void wrongPasswordIsTold() throws Exception {
        // Given
        Files.writeString(folder.resolve("password"), "guess\n");
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.SECURED)) {
            OpcUaPlc.trust(port, folder);
            driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");

            // When
            var connecting = assertThatThrownBy(driver::connect);

            // Then
            connecting.isInstanceOf(IOException.class).hasMessageContaining("Bad_UserAccessDenied");
            assertThat(plc.writes()).isEmpty();
        }
    }

    @Test
    void controllerThatDoesNotTrustTheGatewayIsToldOfAsSuch() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.DISTRUSTFUL)) {
            OpcUaPlc.trust(port, folder);
            driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");

            // When
            var connecting = assertThatThrownBy(driver::connect);

            // Then
            connecting
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("has it been told to trust")
                    .hasMessageContaining("certificates/gateway.der");
            assertThat(plc.writes()).isEmpty();
        }
    }

    @Test
    void controllerWithoutSecurityIsNotWrittenToUnasked() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.OPEN)) {
            driver = OpcUaPlc.secured(port, folder, OpcUaPlc.line()).open("plc");

            // When
            var connecting = assertThatThrownBy(driver::connect);

            // Then
            connecting.hasMessageContaining("offers no Basic256Sha256 with SignAndEncrypt, only [None/None]");
            assertThat(plc.writes()).isEmpty();
        }
    }

    @Test
    void controllerWithoutSecurityIsWrittenToWhenTheLineFileSaysSo() throws Exception {
        // Given
        try (var plc = OpcUaPlc.start(port, folder.resolve("plc"), OpcUaPlc.OPEN)) {
            driver = OpcUaPlc.open(port, OpcUaPlc.line()).open("plc");
            driver.connect();

            // When
            driver.fire(shot, Events.inTime());

            // Then
            plc.awaitWrite("\"Ejector\"[3] true");
        }
    }
}
