// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.gateway.driver.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(120)
class UnreadableRequestsTest {
    private static final int ANSWER_WITHIN_MILLIS = 10_000;

    private final int port = Ports.free();
    private final ModbusServerBank bank = new ModbusServerBank("plc", "127.0.0.1", port);

    @BeforeEach
    void serve() throws IOException {
        bank.connect();
    }

    @AfterEach
    void stop() {
        bank.disconnect();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "a function that nobody knows, 000700000003016400, 000700000003 01 e4 01",
        "device identification, 000700000005012b0e0100, 000700000003 01 ab 01",
        "an exception as a request, 0007000000030183 02, 000700000003 01 83 01",
        "registers to read without their number, 000700000004 01 03 0000, 000700000003 01 83 03",
        "registers to write of which most are missing, 000700000009 01 10 0004 0003 ff 0000, 000700000003 01 90 03"
    })
    void requestThatCannotBeReadIsAnsweredWithAnException(String what, String request, String wanted)
            throws IOException {
        // Given
        byte[] answer;

        // When
        try (var peer = new Socket(InetAddress.getLoopbackAddress(), port)) {
            peer.setSoTimeout(ANSWER_WITHIN_MILLIS);
            peer.getOutputStream().write(bytes(request));
            answer = peer.getInputStream().readNBytes(bytes(wanted).length);
        }

        // Then
        assertThat(answer).as(what).isEqualTo(bytes(wanted));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
