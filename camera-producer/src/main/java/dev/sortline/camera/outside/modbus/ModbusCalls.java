// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside.modbus;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.pdu.ReadHoldingRegistersRequest;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import dev.sortline.camera.outside.CallSink;
import dev.sortline.camera.outside.CallSource;
import dev.sortline.camera.trigger.CallOutcome;
import dev.sortline.camera.trigger.OutsideCall;
import dev.sortline.trouble.RootCause;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Asks a controller again and again whether its coil is on, or what its register has. A call's moment is that just before the question that
 * found it, so at most a poll and an answer late. What the trigger is when the connection begins is none: nobody knows since when.
 */
final class ModbusCalls implements CallSource {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(1);

    private final ModbusCallSettings settings;
    private final InstantSource clock;

    ModbusCalls(ModbusCallSettings settings, InstantSource clock) {
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public void listen(CallSink calls) throws IOException, InterruptedException {
        ModbusTcpClient client = client();
        try {
            client.connect();
            var watch = new Watch(client, calls);
            watch.begin();
            calls.opened();
            while (true) {
                watch.look();
                Thread.sleep(settings.poll().toMillis());
            }
        } catch (ModbusException e) {
            if (Thread.interrupted() || RootCause.of(e) instanceof InterruptedException) {
                throw new InterruptedException();
            }
            throw new IOException("%s: %s".formatted(place(), RootCause.of(e)), e);
        } finally {
            leave(client);
        }
    }

    @Override
    public String place() {
        return "Modbus controller at %s:%d".formatted(settings.host(), settings.portOrDefault());
    }

    private ModbusTcpClient client() {
        var transport = NettyTcpClientTransport.create(config -> {
            config.hostname = settings.host();
            config.port = settings.portOrDefault();
            config.connectTimeout = CONNECT_WITHIN;
            config.connectPersistent = false;
        });
        return ModbusTcpClient.create(transport, config -> config.requestTimeout = settings.timeout());
    }

    private void leave(ModbusTcpClient client) {
        boolean interrupted = Thread.interrupted();
        try {
            client.disconnectAsync()
                    .toCompletableFuture()
                    .get(settings.timeout().toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            // It is gone either way.
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** @param turn of the trigger that it answers */
    private record Answer(long turn, CallOutcome outcome) {}

    /** One connection. All but the answers is done on the thread that listens. */
    private final class Watch {
        private final ModbusTcpClient client;
        private final CallSink calls;
        private final Queue<Answer> answers = new ConcurrentLinkedQueue<>();
        private long last;
        private long turn;

        Watch(ModbusTcpClient client, CallSink calls) {
            this.client = client;
            this.calls = calls;
        }

        void begin() throws ModbusException {
            answered(settings.takenCoil(), false);
            answered(settings.missedCoil(), false);
            last = trigger();
        }

        void look() throws ModbusException {
            Instant moment = clock.instant();
            long now = trigger();
            boolean called = settings.triggerCoil() == null ? now != last : now > last;
            if (now != last) {
                answered(settings.takenCoil(), false);
                answered(settings.missedCoil(), false);
            }
            last = now;
            if (called) {
                var call = new OutsideCall(item(), number(settings.encoderRegister()), moment);
                long own = ++turn;
                var unused = calls.call(call).thenAccept(outcome -> answers.add(new Answer(own, outcome)));
            }
            for (Answer each = answers.poll(); each != null; each = answers.poll()) {
                // Another trigger has come since: the controller would take it for the answer to that.
                if (each.turn() == turn) {
                    answered(each.outcome().isTaken() ? settings.takenCoil() : settings.missedCoil(), true);
                }
            }
        }

        private long trigger() throws ModbusException {
            if (settings.triggerCoil() != null) {
                var request = new ReadCoilsRequest(settings.triggerCoil(), 1);
                return client.readCoils(settings.unitOrDefault(), request).coils()[0] & 1;
            }
            return WordOrder.word(registers(settings.triggerRegister() == null ? 0 : settings.triggerRegister(), 1), 0);
        }

        private @Nullable String item() throws ModbusException {
            Long number = number(settings.itemRegister());
            return number == null ? null : number.toString();
        }

        private @Nullable Long number(@Nullable Integer first) throws ModbusException {
            return first == null ? null : (Long) settings.order().number(registers(first, 2));
        }

        private byte[] registers(int first, int count) throws ModbusException {
            return client.readHoldingRegisters(settings.unitOrDefault(), new ReadHoldingRegistersRequest(first, count))
                    .registers();
        }

        private void answered(@Nullable Integer coil, boolean on) throws ModbusException {
            if (coil != null) {
                client.writeSingleCoil(settings.unitOrDefault(), new WriteSingleCoilRequest(coil, on));
            }
        }
    }
}
