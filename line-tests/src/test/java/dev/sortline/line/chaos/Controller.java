// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.chaos;

import dev.sortline.line.peers.PlcPeer;
import dev.sortline.line.peers.SimplePlc;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A controller that goes away and comes back to the same address. */
final class Controller implements AutoCloseable {
    private final List<SimplePlc> lives = new CopyOnWriteArrayList<>();
    private final int port;

    Controller() throws IOException {
        lives.add(new SimplePlc());
        port = now().port();
    }

    int port() {
        return port;
    }

    void goAway() throws IOException {
        now().close();
    }

    void comeBack() throws IOException {
        lives.add(SimplePlc.on(port));
    }

    /** What it did in all of its lives. */
    List<PlcPeer.Shot> shots() {
        return lives.stream().flatMap(plc -> plc.shots().stream()).toList();
    }

    private SimplePlc now() {
        return lives.get(lives.size() - 1);
    }

    @Override
    public void close() throws IOException {
        now().close();
    }
}
