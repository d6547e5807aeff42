// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/** Ports for servers that are about to be started on this machine. */
public final class LoopbackPort {
    private static final int LOWEST = 20_000;
    private static final int LOWEST_EPHEMERAL = 32_768;
    private static final int ATTEMPTS = 20;

    /** Who was given one may not listen yet. */
    private static final Set<Integer> GIVEN = ConcurrentHashMap.newKeySet();

    private LoopbackPort() {}

    /**
     * A port that nobody listens on, below those that systems give to outgoing connections (from 32768 on): none of them
     * can take it before the server does. A process gets none twice.
     *
     * @throws IOException when there seems to be none
     */
    public static int free() throws IOException {
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
