// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.modbus;

import static org.awaitility.Awaitility.await;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.exceptions.ModbusException;
import com.digitalpetri.modbus.pdu.ReadCoilsRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import dev.sortline.gateway.driver.ActuatorDriver;
import dev.sortline.gateway.driver.ServingDriverContractTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;

class ModbusServerContractTest extends ServingDriverContractTest {
    private static final int FIRST_COIL = 10;

    @Override
    protected ActuatorDriver driver() {
        return new ModbusServerSettings("127.0.0.1", port, null, Map.of(LINE, new ModbusLine(FIRST_COIL, 8, 100)))
                .open("plc");
    }

    @Override
    protected Controller controller(int at) throws Exception {
        var poller = new Poller(at);
        poller.start();
        await().until(() -> poller.polled);
        return poller;
    }

    /** Asks for all coils as soon as it has its answer, and waits long for one. */
    private static final class Poller extends Thread implements Controller {
        private final List<Integer> shots = new CopyOnWriteArrayList<>();
        private final ModbusTcpClient client;
        private volatile boolean polled;
        private volatile boolean ended;

        Poller(int at) throws ModbusException {
            super("poller");
            setDaemon(true);
            client = ModbusTcpClient.create(
                    NettyTcpClientTransport.create(config -> {
                        config.hostname = "127.0.0.1";
                        config.port = at;
                        config.connectPersistent = false;
                    }),
                    config -> config.requestTimeout = Duration.ofSeconds(2));
            client.connect();
        }

        @Override
        public void run() {
            List<Integer> before = List.of();
            try {
                while (!ended) {
                    List<Integer> on = on();
                    for (Integer ejector : on) {
                        if (!before.contains(ejector)) {
                            shots.add(ejector);
                        }
                    }
                    before = on;
                    polled = true;
                }
            } catch (ModbusException e) {
                // The other side has cut it off.
            }
        }

        private synchronized List<Integer> on() throws ModbusException {
            byte[] coils =
                    client.readCoils(1, new ReadCoilsRequest(FIRST_COIL, 8)).coils();
            List<Integer> on = new ArrayList<>();
            for (int ejector = 0; ejector < 8; ejector++) {
                if ((coils[0] >> ejector & 1) == 1) {
                    on.add(ejector);
                }
            }
            return on;
        }

        @Override
        public synchronized void beforeItAsks(Callable<?> something) throws Exception {
            something.call();
        }

        @Override
        public List<Integer> shots() {
            return List.copyOf(shots);
        }

        @Override
        public void close() throws Exception {
            ended = true;
            join();
            client.disconnect();
        }
    }
}
