// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Finds ports on loopback that nobody listens on. */
final class FreePort {
    private static final int LOWEST = 20_000;
    /** From here on systems give them to outgoing connections, which could take one before it is used. */
    private static final int LOWEST_EPHEMERAL = 32_768;

    private static final int ATTEMPTS = 20;

    /** Who was given one may not listen yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private FreePort() {}

    static int find() throws IOException {
        for (int attempt = 1; ; attempt++) {
            int port = notGiven();
            try (var socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                if (attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static int notGiven() {
        int port = ThreadLocalRandom.current().nextInt(LOWEST, LOWEST_EPHEMERAL);
        return GIVEN.add(port) ? port : notGiven();
    }
}
