// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.opcua;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folder of the gateway's own certificate, as it is after an orderly end and after a power loss. */
class OpcUaCertificatesTest {
    private static final Set<String> HOSTNAMES = Set.of("localhost");

    @TempDir
    private Path folder;

    private byte[] own = {};

    @BeforeEach
    void make() throws Exception {
        try (var made = OpcUaCertificates.in("plc", folder, HOSTNAMES)) {
            own = made.own().getEncoded();
        }
    }

    @Test
    void certificateStaysTheSameAtTheNextStart() throws Exception {
        // When
        try (var next = OpcUaCertificates.in("plc", folder, HOSTNAMES)) {

            // Then
            assertThat(next.own().getEncoded()).isEqualTo(own);
        }
    }

    @Test
    void halfOfTheFileForOthersIsWrittenAnew() throws Exception {
        // Given
        Files.write(folder.resolve("gateway.der"), Arrays.copyOf(own, own.length / 2));

        // When
        try (var next = OpcUaCertificates.in("plc", folder, HOSTNAMES)) {

            // Then
            assertThat(next.ownFile()).hasBinaryContent(own);
        }
    }

    @ParameterizedTest
    @CsvSource({"gateway.pfx, 0", "gateway.pfx, 0.5", "keystore-password, 0", "keystore-password, 0.5"})
    void storeThatWasCutIsToldInOneLineWithWhatToDo(String file, double part) throws Exception {
        // Given
        byte[] whole = Files.readAllBytes(folder.resolve(file));
        Files.write(folder.resolve(file), Arrays.copyOf(whole, (int) (whole.length * part)));

        // When
        var opening = assertThatThrownBy(() -> OpcUaCertificates.in("plc", folder, HOSTNAMES));

        // Then
        opening.isInstanceOf(IOException.class)
                .hasMessageStartingWith("cannot open the certificates in " + folder + ": ")
                .hasMessageEndingWith(
                        "put gateway.pfx and keystore-password back from a backup, or move both away for new"
                                + " ones, which every controller must then be told to trust")
                .message()
                .doesNotContain("\n");
    }
}
