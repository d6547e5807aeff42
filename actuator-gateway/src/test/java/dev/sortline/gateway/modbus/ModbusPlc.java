// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A controller in this JVM that is a Modbus TCP server: remembers how its coils went, and when. */
final class ModbusPlc implements AutoCloseable {
    private final ProcessImage image = new ProcessImage();
    private final List<Change> changes = new CopyOnWriteArrayList<>();
    private final ModbusTcpServer server;

    record Change(int coil, boolean on, long nanos) {}

    ModbusPlc(int port) throws Exception {
        var transport = NettyTcpServerTransport.create(config -> {
            config.bindAddress = "127.0.0.1";
            config.port = port;
        });
        image.addModificationListener(new ProcessImage.ModificationListener() {
            @Override
            public void onCoilsModified(List<ProcessImage.Modification.CoilModification> modifications) {
                long now = System.nanoTime();
                modifications.forEach(coil -> changes.add(new Change(coil.address(), coil.value(), now)));
            }

            @Override
            public void onDiscreteInputsModified(List<ProcessImage.Modification.DiscreteInputModification> unused) {}

            @Override
            public void onHoldingRegistersModified(
                    List<ProcessImage.Modification.HoldingRegisterModification> unused) {}

            @Override
            public void onInputRegistersModified(List<ProcessImage.Modification.InputRegisterModification> unused) {}
        });
        server = ModbusTcpServer.create(transport, new ReadWriteModbusServices() {
            @Override
            protected Optional<ProcessImage> getProcessImage(int unit) {
                return Optional.of(image);
            }
        });
        server.start();
    }

    /** Coils that went on, and those that were on and went off. */
    List<Change> pulses() {
        return changes.stream().filter(Change::on).toList();
    }

    boolean isOn(int coil) {
        return image.get(tx -> tx.readCoils(coils -> coils.getOrDefault(coil, false)));
    }

    int register(int address) {
        byte[] word =
                image.get(tx -> tx.readHoldingRegisters(registers -> registers.getOrDefault(address, new byte[2])));
        return ((word[0] & 0xff) << 8) | (word[1] & 0xff);
    }

    @Override
    public void close() throws Exception {
        server.stop();
    }
}
