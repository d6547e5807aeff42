// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.modbus;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import dev.sortline.loopback.LoopbackPort;
import java.util.Optional;

/** A controller in this JVM that is a Modbus TCP server. */
final class ModbusPlc implements AutoCloseable {
    final int port;
    private final ProcessImage image = new ProcessImage();
    private final ModbusTcpServer server;

    ModbusPlc() throws Exception {
        port = LoopbackPort.free();
        var transport = NettyTcpServerTransport.create(config -> {
            config.bindAddress = "127.0.0.1";
            config.port = port;
        });
        server = ModbusTcpServer.create(transport, new ReadWriteModbusServices() {
            @Override
            protected Optional<ProcessImage> getProcessImage(int unit) {
                return Optional.of(image);
            }
        });
        server.start();
    }

    void set(int coil, boolean on) {
        image.with(tx -> tx.writeCoils(coils -> coils.put(coil, on)));
    }

    void put(int register, int word) {
        image.with(tx -> tx.writeHoldingRegisters(
                registers -> registers.put(register, new byte[] {(byte) (word >> 8), (byte) word})));
    }

    boolean isOn(int coil) {
        return image.get(tx -> tx.readCoils(coils -> coils.getOrDefault(coil, false)));
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
