// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Ports to test with. */
public final class Ports {
    private Ports() {}

    /** One that nobody listens on just now. */
    public static int free() {
        try {
            return LoopbackPort.free();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
