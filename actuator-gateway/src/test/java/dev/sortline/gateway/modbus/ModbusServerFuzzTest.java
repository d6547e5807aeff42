// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sortline.gateway.driver.Ports;
import dev.sortline.gateway.firing.Events;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class ModbusServerFuzzTest {
    private static final int ANSWERS_WITHIN_MILLIS = 5_000;
    /** Transaction, protocol, length. */
    private static final int HEADER_BYTES = 6;
    /** The unit and the function, and what the protocol allows for the rest. */
    private static final int LEAST_LENGTH = 2;

    private static final int MOST_LENGTH = 254;

    /** Coils 0 to 15; registers 0 to 15. */
    private static final byte[][] WHOLE_TABLE = {
        {0, 1, 0, 0, 0, 6, 1, 1, 0, 0, 0, 16}, {0, 2, 0, 0, 0, 6, 1, 3, 0, 0, 0, 16}
    };

    private static ModbusServerBank bank;
    private static int port;
    private static byte[] table;

    @BeforeAll
    static void serve() throws IOException {
        port = Ports.free();
        bank = new ModbusServerBank("plc", "127.0.0.1", port);
        bank.connect();
        bank.switchOn(3, Events.inTime());
        bank.setRegisters(4, new int[] {1, 65_535, 4_711});
        table = wholeTable();
    }

    @AfterAll
    static void stop() {
        bank.disconnect();
    }

    @FuzzTest
    void whateverAPeerSendsTheTableStaysAndOthersAreServed(byte[] sent) throws IOException {
        // Given
        byte[] answers;

        // When
        try (var peer = peer()) {
            answers = answersTo(sent, peer);
        }

        // Then
        assertThatAreAnswers(ByteBuffer.wrap(answers));
        assertThat(wholeTable()).isEqualTo(table);
    }

    private static Socket peer() throws IOException {
        var socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(ANSWERS_WITHIN_MILLIS);
        socket.setTcpNoDelay(true);
        return socket;
    }

    /** Those that came before the server ended the connection. */
    private static byte[] answersTo(byte[] sent, Socket peer) throws IOException {
        try {
            peer.getOutputStream().write(sent);
            peer.shutdownOutput();
            return peer.getInputStream().readAllBytes();
        } catch (SocketException e) {
            // It ended it while there was more to come.
            return new byte[0];
        }
    }

    private static void assertThatAreAnswers(ByteBuffer answers) {
        while (answers.remaining() >= HEADER_BYTES) {
            answers.getShort();
            assertThat(answers.getShort()).as("protocol").isZero();
            int length = Short.toUnsignedInt(answers.getShort());
            assertThat(length).isBetween(LEAST_LENGTH, MOST_LENGTH);
            answers.position(answers.position() + Math.min(length, answers.remaining()));
        }
    }

    private static byte[] wholeTable() throws IOException {
        var table = ByteBuffer.allocate(2 * MOST_LENGTH);
        try (var peer = peer()) {
            var answers = new DataInputStream(peer.getInputStream());
            for (byte[] request : WHOLE_TABLE) {
                peer.getOutputStream().write(request);
                answers.skipNBytes(HEADER_BYTES - Short.BYTES);
                table.put(answers.readNBytes(answers.readUnsignedShort()));
            }
        }
        return Arrays.copyOf(table.array(), table.position());
    }
}
