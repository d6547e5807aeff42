// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import java.io.IOException;

/** Coils and holding registers that a controller sees, wherever they lie. */
interface ModbusBank {
    void connect() throws IOException;

    void switchOff(int coil) throws IOException;

    /** Switches a coil on by that time of {@link System#nanoTime}, or fails and does not. */
    void switchOn(int coil, long latestNanos) throws IOException;

    /** Whether somebody is there who would see the coil go on. */
    boolean isWatched(int coil);

    void setRegisters(int address, int[] words) throws IOException;

    /** Has the other side show that it is there; {@code register} is one of its own. */
    void probe(int register) throws IOException;

    void disconnect();
}
