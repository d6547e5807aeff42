// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;

/**
 * A way to a server on loopback that can be cut, as a cable is, hold back what is sent, as a network does, or let it vanish, as one does whose
 * other end has lost power. What it holds is lost with a connection that is reset, and still comes through of one that is closed.
 */
public final class Proxy implements AutoCloseable {
    private final int server;
    private final ServerSocket door;
    private final List<Socket> ends = new ArrayList<>();
    private final List<Direction> directions = new ArrayList<>();
    private int connections;
    private boolean holding;
    private boolean holdingAnswers;
    private boolean swallowing;
    private int cuts;

    public Proxy(int port) throws IOException {
        server = port;
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("proxy", this::welcome);
    }

    public int port() {
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

    /** How many connections an end has cut, and not just closed. */
    synchronized int cuts() {
        return cuts;
    }

    /** Whether it holds something back. */
    synchronized boolean isHolding() {
        return directions.stream().anyMatch(direction -> direction.held.size() > 0);
    }

    /** Cuts those that there are; takes new ones. */
    public synchronized void cut() throws IOException {
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

    /** From now on nothing of what the server sends comes through. */
    synchronized void holdAnswers() {
        holdingAnswers = true;
    }

    /** From now on all that is sent vanishes, and no connection ends. */
    synchronized void swallow() {
        swallowing = true;
    }

    /** What is still held comes through, and all that follows. */
    synchronized void pass() {
        holding = false;
        holdingAnswers = false;
        swallowing = false;
        List.copyOf(directions).forEach(Direction::send);
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
        near.setTcpNoDelay(true);
        ends.add(near);
        Socket far;
        try {
            far = new Socket(InetAddress.getLoopbackAddress(), server);
        } catch (IOException e) {
            near.close();
            return;
        }
        far.setTcpNoDelay(true);
        ends.add(far);
        for (var direction : List.of(new Direction(near, far, false), new Direction(far, near, true))) {
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
        private final boolean answers;
        private final ByteArrayOutputStream held = new ByteArrayOutputStream();
        private boolean closed;

        Direction(Socket from, Socket to, boolean answers) {
            this.from = from;
            this.to = to;
            this.answers = answers;
        }

        void carry() {
            byte[] bytes = new byte[8_192];
            try {
                for (int count = from.getInputStream().read(bytes);
                        count >= 0;
                        count = from.getInputStream().read(bytes)) {
                    take(bytes, count);
                }
                end();
            } catch (IOException e) {
                // It was cut, by us or by that end.
                beCut();
            }
        }

        private void beCut() {
            synchronized (Proxy.this) {
                cuts++;
                lose();
            }
        }

        private void take(byte[] bytes, int count) {
            synchronized (Proxy.this) {
                if (!swallowing) {
                    held.write(bytes, 0, count);
                    sendUnlessHeld();
                }
            }
        }

        private void end() {
            synchronized (Proxy.this) {
                closed = true;
                if (!swallowing) {
                    sendUnlessHeld();
                }
            }
        }

        private void sendUnlessHeld() {
            if (!holding && !(answers && holdingAnswers)) {
                send();
            }
        }

        void send() {
            try {
                held.writeTo(to.getOutputStream());
                held.reset();
                if (closed) {
                    lose();
                }
            } catch (IOException e) {
                // That end is gone.
                lose();
            }
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
