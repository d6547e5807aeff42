// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports that nobody listens on, below those that systems give to outgoing connections (from 32768 on): none of them can take
 * one before the process that it is meant for does.
 */
final class FreePort {
    private static final int LOWEST = 20_000;
    private static final int LOWEST_EPHEMERAL = 32_768;
    private static final int ATTEMPTS = 20;

    private FreePort() {}

    static int find() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_EPHEMERAL);
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }
}
