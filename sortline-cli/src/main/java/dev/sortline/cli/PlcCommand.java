// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.gateway.modbus.ModbusClientSettings;
import dev.sortline.linefile.LineFile;
import dev.sortline.plc.SimulatedPlc;
import dev.sortline.process.CommandFailure;
import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code sortline plc …}: what stands in for a line's controller until there is one. */
@Command(name = "plc", description = "Stands in for a line's controller.", mixinStandardHelpOptions = true)
final class PlcCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "say what to do: sortline plc simulate --config line.yaml");
    }

    /** {@code sortline plc simulate}: a controller that tells what its valves would do, until it is told to stop. */
    @Command(
            name = "simulate",
            description =
                    "Serves the coils and registers of a modbus-client driver by Modbus TCP, as its controller would,"
                            + " and prints a line for each valve that would open.",
            mixinStandardHelpOptions = true)
    static final class Simulate implements Callable<Integer> {
        private static final Logger LOG = LoggerFactory.getLogger(Simulate.class);
        private static final int MOST_PORT = 65_535;

        private final StopSignal signal;

        @Spec
        private CommandSpec spec;

        @Option(names = "--config", required = true, paramLabel = "line.yaml", description = "Describes the driver.")
        private Path config;

        @Option(
                names = "--driver",
                paramLabel = "NAME",
                description = "Whose controller this is; need not be said where one driver alone is a modbus-client.")
        private @Nullable String driver;

        @Option(
                names = "--address",
                paramLabel = "ADDRESS",
                defaultValue = SimulatedPlc.LOOPBACK,
                description = "Where it listens; 0.0.0.0 for all addresses (default: ${DEFAULT-VALUE}).")
        private String address;

        @Option(names = "--port", paramLabel = "N", description = "Its TCP port (default: the driver's).")
        private @Nullable Integer port;

        Simulate(StopSignal signal) {
            this.signal = signal;
        }

        @Override
        public Integer call() throws InterruptedException {
            if (port != null && (port < 1 || port > MOST_PORT)) {
                throw CommandFailure.ofConfiguration("--port is %d: must be from 1 to %d".formatted(port, MOST_PORT));
            }
            ModbusClientSettings settings = chosen(LineFile.load(config));
            int served = port == null ? settings.tcpPort() : port;
            try (var plc = SimulatedPlc.start(address, served, settings.lines(), this::tell)) {
                LOG.info(
                        "Standing in for a controller at {}:{}, for lines {}",
                        address,
                        served,
                        settings.lines().keySet());
                signal.await();
            } catch (IOException e) {
                throw CommandFailure.whileRunning(String.valueOf(e.getMessage()), e);
            }
            return 0;
        }

        private void tell(String lineId, int ejector, boolean on) {
            if (on) {
                PrintWriter out = spec.commandLine().getOut();
                out.println(lineId + ": valve of ejector " + ejector + " opens");
                out.flush();
            }
        }

        private ModbusClientSettings chosen(LineFile file) {
            Map<String, ModbusClientSettings> clients = new TreeMap<>();
            file.drivers().forEach((name, settings) -> {
                if (settings instanceof ModbusClientSettings client) {
                    clients.put(name, client);
                }
            });
            if (driver != null) {
                ModbusClientSettings named = clients.get(driver);
                if (named == null) {
                    throw CommandFailure.ofConfiguration("%s: --driver is '%s': drivers of type modbus-client are %s"
                            .formatted(config, driver, clients.keySet()));
                }
                return named;
            }
            if (clients.size() != 1) {
                throw CommandFailure.ofConfiguration(
                        "%s: drivers of type modbus-client are %s: there must be one, or --driver must name it"
                                .formatted(config, clients.keySet()));
            }
            return clients.values().iterator().next();
        }
    }
}
