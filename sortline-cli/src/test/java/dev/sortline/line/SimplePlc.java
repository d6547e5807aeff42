// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.time.Instant;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A controller that is a Modbus TCP server, written from the protocol's text: remembers when its coils rose. */
final class SimplePlc implements AutoCloseable {
    private static final int WRITE_COIL = 5;
    private static final int ON = 0xff00;

    private final ServerSocket door = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private final BitSet coils = new BitSet();
    private final List<Rise> rises = new CopyOnWriteArrayList<>();

    /**
     * A coil that went on.
     *
     * @param coil its address
     * @param at when the write came
     */
    record Rise(int coil, Instant at) {}

    SimplePlc() throws IOException {
        var thread = new Thread(this::serve, "plc");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    List<Rise> rises() {
        return List.copyOf(rises);
    }

    void awaitCoilsOff() {
        await().until(() -> {
            synchronized (coils) {
                return coils.isEmpty();
            }
        });
    }

    /** As a controller's watchdog does when its gateway is gone. */
    void reset() {
        synchronized (coils) {
            coils.clear();
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = door.accept();
                socket.setTcpNoDelay(true);
                var thread = new Thread(() -> answer(socket), "plc-peer");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // close() asked for the end
        }
    }

    private void answer(Socket socket) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] header = in.readNBytes(6);
                if (header.length < 6) {
                    throw new EOFException();
                }
                byte[] body = in.readNBytes(((header[4] & 0xff) << 8) | (header[5] & 0xff));
                int address = ((body[2] & 0xff) << 8) | (body[3] & 0xff);
                if (body[1] == WRITE_COIL) {
                    write(address, (((body[4] & 0xff) << 8) | (body[5] & 0xff)) == ON);
                }
                // Both writes are answered with their first six bytes.
                byte[] answer = new byte[12];
                System.arraycopy(header, 0, answer, 0, 4);
                answer[5] = 6;
                System.arraycopy(body, 0, answer, 6, 6);
                out.write(answer);
            }
        } catch (EOFException | SocketException e) {
            // The gateway is gone.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(int coil, boolean on) {
        Instant now = Instant.now();
        synchronized (coils) {
            if (on && !coils.get(coil)) {
                rises.add(new Rise(coil, now));
            }
            coils.set(coil, on);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
    }
}
