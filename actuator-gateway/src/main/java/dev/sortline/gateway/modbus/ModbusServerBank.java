// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.exceptions.UnknownUnitIdException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadCoilsResponse;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersResponse;
import com.digitalpetri.modbus.server.ModbusRequestContext;
import com.digitalpetri.modbus.server.ModbusServices;
import com.digitalpetri.modbus.server.ModbusTcpServer;
import com.digitalpetri.modbus.server.ProcessImage;
import com.digitalpetri.modbus.server.ReadOnlyModbusServices;
import com.digitalpetri.modbus.tcp.server.NettyTcpServerTransport;
import dev.sortline.gateway.driver.PeerLimits;
import dev.sortline.gateway.driver.ShotGate;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Coils and registers in this process, for controllers that poll. They can be read, not written. Whether a controller has seen a coil go
 * on, Modbus does not tell: one counts as there while it has asked for the coil within {@link #POLLED_WITHIN}.
 */
final class ModbusServerBank implements ModbusBank {
    private static final int ADDRESSES = 65_536;
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);
    /** A controller that polls as docs/plc.md asks for has missed a dozen polls by then. */
    private static final Duration POLLED_WITHIN = Duration.ofMillis(500);

    private final String address;
    private final int port;
    private final String driver;
    private final ProcessImage image = new ProcessImage();
    private final long[] polledNanos = new long[ADDRESSES];
    private @Nullable ModbusTcpServer server;
    private @Nullable PeerLimits peers;

    /** @param driver its name in the line file */
    ModbusServerBank(String driver, String address, int port) {
        this.driver = driver;
        this.address = address;
        this.port = port;
        Arrays.fill(polledNanos, System.nanoTime() - POLLED_WITHIN.toNanos());
    }

    @Override
    public void connect() throws IOException {
        var limits = new PeerLimits(driver, LONGEST_SILENCE);
        peers = limits;
        var transport = NettyTcpServerTransport.create(config -> {
            config.bindAddress = address;
            config.port = port;
            config.pipelineCustomizer = pipeline -> {
                // In this order: what is thrown there is told by the limits' last handler.
                UnreadableRequests.answer(pipeline);
                SilentPeerReset.watch(pipeline, POLLED_WITHIN);
                limits.apply(pipeline);
            };
        });
        server = ModbusTcpServer.create(transport, new Reads());
        try {
            server.start();
        } catch (ExecutionException e) {
            throw new IOException("cannot serve Modbus on %s:%d: %s".formatted(address, port, e.getCause()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    @Override
    public void switchOn(int coil, long latestNanos) throws IOException {
        ShotGate.requireInTime(latestNanos);
        set(coil, true);
    }

    @Override
    public void switchOff(int coil) {
        set(coil, false);
    }

    private void set(int coil, boolean on) {
        image.with(bank -> bank.writeCoils(coils -> coils.put(coil, on)));
    }

    @Override
    public boolean isWatched(int coil) {
        if (peers == null || peers.hasNone()) {
            return false;
        }
        synchronized (polledNanos) {
            return System.nanoTime() - polledNanos[coil] < POLLED_WITHIN.toNanos();
        }
    }

    private void polled(int firstCoil, int coils) {
        synchronized (polledNanos) {
            Arrays.fill(polledNanos, firstCoil, firstCoil + coils, System.nanoTime());
        }
    }

    @Override
    public void setRegisters(int first, int[] words) {
        image.with(bank -> bank.writeHoldingRegisters(registers -> {
            for (int i = 0; i < words.length; i++) {
                registers.put(first + i, ModbusTable.bytes(words[i]));
            }
        }));
    }

    @Override
    public void probe(int register) {
        // Whoever polls shows itself.
    }

    @Override
    public void disconnect() {
        ModbusTcpServer leaving = server;
        server = null;
        if (leaving == null) {
            return;
        }
        try {
            leaving.stop();
        } catch (ExecutionException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads the image, for who asks for coils and holding registers. Whatever else is asked for is answered as a function that this server lacks. */
    private final class Reads implements ModbusServices {
        private final ModbusServices ofImage = new ReadOnlyModbusServices() {
            @Override
            protected Optional<ProcessImage> getProcessImage(int unit) {
                return Optional.of(image);
            }
        };

        @Override
        public ReadCoilsResponse readCoils(ModbusRequestContext context, int unit, ReadCoilsRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            ModbusServices.checkBitRange(request.getFunctionCode(), request.address(), request.quantity());
            // Before the coils are read: a shot that is taken because of this poll must not miss it.
            polled(request.address(), request.quantity());
            return ofImage.readCoils(context, unit, request);
        }

        @Override
        public ReadHoldingRegistersResponse readHoldingRegisters(
                ModbusRequestContext context, int unit, ReadHoldingRegistersRequest request)
                throws ModbusResponseException, UnknownUnitIdException {
            ModbusServices.checkRegisterRange(request.getFunctionCode(), request.address(), request.quantity());
            return ofImage.readHoldingRegisters(context, unit, request);
        }
    }
}
