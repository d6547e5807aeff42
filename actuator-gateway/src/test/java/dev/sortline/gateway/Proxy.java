// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to a server on loopback that can be cut, as a cable is, or hold back what is sent, as a network does. What it holds
 * is lost with the connection.
 */
final class Proxy implements AutoCloseable {
    private final int server;
    private final ServerSocket door;
    private final List<Socket> ends = new ArrayList<>();
    private final List<Direction> directions = new ArrayList<>();
    private int connections;
    private boolean holding;

    Proxy(int port) throws IOException {
        server = port;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("proxy", this::welcome);
    }

    int port() {
        return door.getLocalPort();
    }

    /** How many connections there have been. */
    synchronized int connections() {
        return connections;
    }

    /** Whether nobody uses it now. */
    synchronized boolean isIdle() {
        return directions.isEmpty();
    }

    /** Cuts those that there are; takes new ones. */
    synchronized void cut() throws IOException {
        for (Socket end : ends) {
            if (!end.isClosed()) {
                end.setSoLinger(true, 0);
                end.close();
            }
        }
        ends.clear();
        directions.clear();
    }

    /** From now on nothing comes through, on no connection. */
    synchronized void hold() {
        holding = true;
    }

    /** What is still held comes through, and all that follows. */
    synchronized void pass() throws IOException {
        holding = false;
        for (Direction direction : directions) {
            direction.send();
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        cut();
    }

    private void welcome() {
        try {
            while (true) {
                connect(door.accept());
            }
        } catch (IOException e) {
            // It was closed.
        }
    }

    private synchronized void connect(Socket near) throws IOException {
        connections++;
        var far = new Socket(InetAddress.getLoopbackAddress(), server);
        near.setTcpNoDelay(true);
        far.setTcpNoDelay(true);
        ends.addAll(List.of(near, far));
        for (var direction : List.of(new Direction(near, far), new Direction(far, near))) {
            directions.add(direction);
            start("proxy-way", direction::carry);
        }
    }

    private static void start(String name, Runnable task) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private final class Direction {
        private final Socket from;
        private final Socket to;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();

        Direction(Socket from, Socket to) {
            this.from = from;
            this.to = to;
        }

        void carry() {
            byte[] bytes = new byte[8_192];
            try {
                for (int count = from.getInputStream().read(bytes);
                        count >= 0;
                        count = from.getInputStream().read(bytes)) {
                    synchronized (Proxy.this) {
                        held.write(bytes, 0, count);
                        if (!holding) {
                            send();
                        }
                    }
                }
            } catch (IOException e) {
                // It was cut, by us or by that end.
            }
            lose();
        }

        void send() throws IOException {
            held.writeTo(to.getOutputStream());
            held.reset();
        }

        private void lose() {
            synchronized (Proxy.this) {
                held.reset();
                directions.remove(this);
                try {
                    to.close();
                } catch (IOException e) {
                    // It is closed either way.
                }
            }
        }
    }
}
