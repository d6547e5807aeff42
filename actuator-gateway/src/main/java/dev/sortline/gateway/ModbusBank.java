// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway;

import java.io.IOException;

/** Coils and holding registers that a controller sees, wherever they lie. */
interface ModbusBank {
    void connect() throws IOException;

    void setCoil(int address, boolean on) throws IOException;

    void setRegisters(int address, int[] words) throws IOException;

    void disconnect();
}
