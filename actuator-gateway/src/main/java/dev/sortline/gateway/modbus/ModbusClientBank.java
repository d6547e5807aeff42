// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.exceptions.ModbusResponseException;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteMultipleRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import dev.sortline.gateway.driver.PeerFaults;
import dev.sortline.gateway.driver.ShotGate;
import dev.sortline.trouble.RootCause;
import io.netty.channel.ChannelOption;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Coils and registers in a controller that is a Modbus TCP server. Each write waits for its answer; one that fails cuts the connection,
 * so that nothing of it reaches the controller later.
 */
final class ModbusClientBank implements ModbusBank {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    private final String host;
    private final int port;
    private final int unit;
    private final String driver;
    private final Duration timeout;
    private ShotGate gate = new ShotGate();
    private @Nullable ModbusTcpClient client;

    /** @param driver its name in the line file */
    ModbusClientBank(String driver, String host, int port, int unit, Duration timeout) {
        this.driver = driver;
        this.host = host;
        this.port = port;
        this.unit = unit;
        this.timeout = timeout;
    }

    @Override
    public void connect() throws IOException {
        var opened = new ShotGate();
        gate = opened;
        var transport = NettyTcpClientTransport.create(config -> {
            config.hostname = host;
            config.port = port;
            config.connectTimeout = CONNECT_WITHIN;
            config.connectPersistent = false;
            config.bootstrapCustomizer = bootstrap -> bootstrap
                    .option(ChannelOption.TCP_NODELAY, true)
                    // What the controller has not taken when the connection is given up must not reach it later.
                    .option(ChannelOption.SO_LINGER, 0);
            config.pipelineCustomizer = pipeline -> {
                pipeline.addFirst(opened);
                PeerFaults.tell(pipeline, driver);
            };
        });
        client = ModbusTcpClient.create(transport, config -> config.requestTimeout = timeout);
        try {
            client.connect();
        } catch (ModbusException e) {
            throw failure(e);
        }
    }

    @Override
    public void switchOn(int coil, long latestNanos) throws IOException {
        ShotGate leaving = gate;
        leaving.begin(latestNanos);
        try {
            set(coil, true);
        } finally {
            leaving.end();
        }
    }

    @Override
    public void switchOff(int coil) throws IOException {
        set(coil, false);
    }

    private void set(int coil, boolean on) throws IOException {
        try {
            client().writeSingleCoil(unit, new WriteSingleCoilRequest(coil, on));
        } catch (ModbusException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean isWatched(int coil) {
        // Its answer will tell.
        return true;
    }

    @Override
    public void setRegisters(int address, int[] words) throws IOException {
        try {
            client().writeMultipleRegisters(
                            unit, new WriteMultipleRegistersRequest(address, words.length, ModbusTable.bytes(words)));
        } catch (ModbusException e) {
            throw failure(e);
        }
    }

    @Override
    public void disconnect() {
        ModbusTcpClient leaving = client;
        client = null;
        if (leaving == null) {
            return;
        }
        try {
            leaving.disconnectAsync().toCompletableFuture().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private ModbusTcpClient client() throws IOException {
        if (client == null) {
            throw new IOException("no connection to the Modbus controller at %s:%d".formatted(host, port));
        }
        return client;
    }

    @Override
    public void probe(int register) throws IOException {
        try {
            client().readHoldingRegisters(unit, new ReadHoldingRegistersRequest(register, 1));
        } catch (ModbusResponseException e) {
            // It cannot be read, but somebody says so.
        } catch (ModbusException e) {
            throw failure(e);
        }
    }

    private IOException failure(ModbusException e) {
        disconnect();
        return new IOException("Modbus controller at %s:%d: %s".formatted(host, port, RootCause.of(e)), e);
    }
}
