// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A way to a server on loopback that can be cut, as a cable is. For one connection. */
final class Proxy {
    private final ServerSocket door;
    private Socket near;
    private Socket far;

    Proxy(int port) throws IOException {
        door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        var thread = new Thread(() -> connect(port), "proxy");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return door.getLocalPort();
    }

    synchronized void cut() throws IOException {
        far.setSoLinger(true, 0);
        far.close();
        near.close();
    }

    private void connect(int port) {
        try {
            var client = door.accept();
            synchronized (this) {
                near = client;
                far = new Socket(InetAddress.getLoopbackAddress(), port);
            }
            var back = new Thread(() -> pass(far, near), "proxy-back");
            back.setDaemon(true);
            back.start();
            pass(near, far);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // It was cut.
        }
    }
}
