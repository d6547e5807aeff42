// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A controller that is a Modbus TCP server, written from the protocol's text. It remembers each switching-on of a coil, also of one that
 * was on, and which gateway's connection it came by.
 */
public final class SimplePlc implements AutoCloseable {
    /** Coils of a line. */
    public static final int COILS = 8;

    private static final int REGISTERS = 96;
    private static final int WRITE_COIL = 5;
    private static final int WRITE_REGISTERS = 16;
    private static final int REFUSED = 0x80;
    private static final int UNKNOWN_FUNCTION = 1;
    private static final int ON = 0xff00;

    private final ServerSocket door;
    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
    private final BitSet coils = new BitSet();
    private final List<PlcPeer> peers = new ArrayList<>();

    /**
     * A coil that was switched on.
     *
     * @param coil its address
     * @param at when the write came
     */
    public record Rise(int coil, Instant at) {}

    public SimplePlc() throws IOException {
        this(0);
    }

    private SimplePlc(int port) throws IOException {
        door = new ServerSocket(port, 5, InetAddress.getLoopbackAddress());
        var thread = new Thread(this::serve, "plc");
        thread.setDaemon(true);
        thread.start();
    }

    /** One that stands where another stood. */
    public static SimplePlc on(int port) throws IOException {
        return new SimplePlc(port);
    }

    /** Where the lines have their coils and registers here, as in a line file. */
    static String addresses(List<String> lines) {
        return IntStream.range(0, lines.size())
                .mapToObj(line -> "%s: { firstCoil: %d, ejectors: %d, firstRegister: %d }"
                        .formatted(lines.get(line), line * COILS, COILS, line * REGISTERS))
                .collect(Collectors.joining(", "));
    }

    public int port() {
        return door.getLocalPort();
    }

    public List<Rise> rises() {
        return shots().stream().map(shot -> new Rise(shot.coil(), shot.at())).toList();
    }

    /** The same with what the gateway has told of them. */
    public List<PlcPeer.Shot> shots() {
        synchronized (peers) {
            return peers.stream().flatMap(peer -> peer.shots().stream()).toList();
        }
    }

    public void awaitCoilsOff() {
        await().until(this::coilsOff);
    }

    /** Whether no coil is on. */
    public boolean coilsOff() {
        synchronized (coils) {
            return coils.isEmpty();
        }
    }

    private void serve() {
        try {
            while (true) {
                Socket socket = door.accept();
                socket.setTcpNoDelay(true);
                connections.add(socket);
                var peer = new PlcPeer(REGISTERS, COILS);
                synchronized (peers) {
                    peers.add(peer);
                }
                var thread = new Thread(() -> answer(socket, peer), "plc-peer");
                thread.setDaemon(true);
                thread.start();
            }
        } catch (IOException e) {
            // close() asked for the end
        }
    }

    private void answer(Socket socket, PlcPeer peer) {
        try (socket) {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            while (true) {
                byte[] header = in.readNBytes(6);
                Instant now = Instant.now();
                if (header.length < 6) {
                    throw new EOFException();
                }
                byte[] body = in.readNBytes(word(header, 4));
                int address = word(body, 2);
                // Both writes are answered with their first six bytes.
                byte[] told = Arrays.copyOf(body, 6);
                switch (body[1]) {
                    case WRITE_COIL -> write(peer, address, word(body, 4) == ON, now);
                    case WRITE_REGISTERS -> peer.registers(address, words(body));
                    default -> told = new byte[] {body[0], (byte) (body[1] | REFUSED), UNKNOWN_FUNCTION};
                }
                byte[] answer = new byte[header.length + told.length];
                System.arraycopy(header, 0, answer, 0, 4);
                answer[5] = (byte) told.length;
                System.arraycopy(told, 0, answer, header.length, told.length);
                out.write(answer);
            }
        } catch (EOFException | SocketException e) {
            // The gateway is gone.
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void write(PlcPeer peer, int coil, boolean on, Instant now) {
        if (on) {
            peer.coilOn(coil, now);
        }
        synchronized (coils) {
            coils.set(coil, on);
        }
    }

    /** What a write of several registers carries: unit, function, address, count, bytes, words. */
    private static int[] words(byte[] body) {
        return IntStream.range(0, word(body, 4))
                .map(index -> word(body, 7 + 2 * index))
                .toArray();
    }

    private static int word(byte[] bytes, int at) {
        return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
    }

    /** Is gone, and so are its connections. */
    @Override
    public void close() throws IOException {
        door.close();
        for (Socket connection : connections) {
            connection.close();
        }
    }
}
