// SPDX-License-Identifier: Apache-2.0
package dev.sortline.plc;

import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ProcessImage.Modification.CoilModification;
import com.digitalpetri.modbus.server.ProcessImage.Modification.DiscreteInputModification;
import com.digitalpetri.modbus.server.ProcessImage.Modification.HoldingRegisterModification;
import com.digitalpetri.modbus.server.ProcessImage.Modification.InputRegisterModification;
import com.digitalpetri.modbus.server.ReadWriteModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import dev.sortline.gateway.modbus.ModbusLine;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;

/** A controller that is none: a Modbus TCP server whose coils are the valves' signals. Any registers may be written and read. */
public final class SimulatedPlc implements AutoCloseable {
    /** Where only programs on this machine reach it. */
    public static final String LOOPBACK = "127.0.0.1";

    private final ModbusTcpServer server;

    /** What the coils are wired to. */
    @FunctionalInterface
    public interface Valves {
        /** A coil was written. Called before the write is answered, so one client's writes come in their order; must not wait. */
        void signal(String lineId, int ejector, boolean on);
    }

    private SimulatedPlc(ModbusTcpServer server) {
        this.server = server;
    }

    /**
     * Serves until it is closed.
     *
     * @param address of this machine, at which it is reached
     * @param port a TCP port that is free
     * @param lines where each line has its coils
     * @throws IOException when the port cannot be had
     */
    public static SimulatedPlc start(String address, int port, Map<String, ModbusLine> lines, Valves valves)
            throws IOException, InterruptedException {
        var image = new ProcessImage();
        image.addModificationListener(new Wiring(lines, valves));
        var transport = NettyTcpServerTransport.create(config -> {
            config.bindAddress = address;
            config.port = port;
        });
        var server = ModbusTcpServer.create(transport, new ReadWriteModbusServices() {
            @Override
            protected Optional<ProcessImage> getProcessImage(int unit) {
                return Optional.of(image);
            }
        });
        try {
            server.start();
        } catch (ExecutionException e) {
            throw new IOException("cannot serve a controller on %s:%d: %s".formatted(address, port, e.getCause()), e);
        }
        return new SimulatedPlc(server);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (ExecutionException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Which coil is which valve. */
    private record Wiring(Map<String, ModbusLine> lines, Valves valves) implements ProcessImage.ModificationListener {
        @Override
        public void onCoilsModified(List<CoilModification> coils) {
            coils.forEach(coil -> lines.forEach((line, place) -> {
                int ejector = coil.address() - place.firstCoil();
                if (ejector >= 0 && ejector < place.ejectors()) {
                    valves.signal(line, ejector, coil.value());
                }
            }));
        }

        @Override
        public void onDiscreteInputsModified(List<DiscreteInputModification> unused) {}

        @Override
        public void onHoldingRegistersModified(List<HoldingRegisterModification> unused) {}

        @Override
        public void onInputRegistersModified(List<InputRegisterModification> unused) {}
    }
}
