// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.digitalpetri.modbus.client.ModbusTcpClient;
import com.digitalpetri.modbus.pdu.WriteSingleCoilRequest;
import com.digitalpetri.modbus.tcp.client.NettyTcpClientTransport;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code sortline plc simulate} as a Modbus client sees it. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PlcCommandTest {
    private static final String DRIVER =
            "  %s: { type: modbus-client, host: 127.0.0.1, lines: { line-2: { firstCoil: 8, ejectors: 6, firstRegister: 100 } } }%n";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StopSignal signal = new StopSignal();
    private CommandLine sortline;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() {
        sortline = Main.commandLine(signal).setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
    }

    @AfterEach
    void stop() {
        signal.request();
    }

    @Test
    void printsEachValveThatOpensUntilItIsToldToStop() throws Exception {
        // Given
        String line = lineFile(DRIVER.formatted("plc-1"));
        int port = LoopbackPort.free();
        var running = CompletableFuture.supplyAsync(
                () -> sortline.execute("plc", "simulate", "--config", line, "--port", String.valueOf(port)));
        var client = ModbusTcpClient.create(NettyTcpClientTransport.create(config -> {
            config.hostname = "127.0.0.1";
            config.port = port;
        }));
        await().atMost(Duration.ofSeconds(40)).ignoreExceptions().until(() -> {
            client.connect();
            return client.isConnected();
        });

        // When
        client.writeSingleCoil(1, new WriteSingleCoilRequest(11, true));
        client.writeSingleCoil(1, new WriteSingleCoilRequest(11, false));
        client.writeSingleCoil(1, new WriteSingleCoilRequest(99, true));
        client.disconnect();
        signal.request();

        // Then
        assertThat(running.get()).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("line-2: valve of ejector 3 opens");
    }

    @Test
    void asksWhoseControllerItIsWhereThereAreTwo() throws IOException {
        // Given
        String line = lineFile(DRIVER.formatted("plc-1") + DRIVER.formatted("plc-2"));

        // When
        int exitCode = sortline.execute("plc", "simulate", "--config", line);

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("[plc-1, plc-2]: there must be one, or --driver must name it");
    }

    @Test
    void refusesADriverThatIsNone() throws IOException {
        // Given
        String line = lineFile(DRIVER.formatted("plc-1"));

        // When
        int exitCode = sortline.execute("plc", "simulate", "--config", line, "--driver", "plc-3");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).contains("--driver is 'plc-3': drivers of type modbus-client are [plc-1]");
    }

    @Test
    void tellsThatItsPortIsTaken() throws Exception {
        // Given
        String line = lineFile(DRIVER.formatted("plc-1"));
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = String.valueOf(taken.getLocalPort());

            // When
            int exitCode = sortline.execute("plc", "simulate", "--config", line, "--port", port);

            // Then
            assertThat(exitCode).isEqualTo(1);
            assertThat(err.toString()).contains("cannot serve a controller on 127.0.0.1:" + port);
        }
    }

    /** The sample's lines, with drivers of our own. */
    private String lineFile(String drivers) throws IOException {
        Path samples = Path.of("../samples").toAbsolutePath().normalize();
        String text = Files.readString(samples.resolve("line.yaml"))
                .replace("../", samples.getParent() + "/")
                .concat(System.lineSeparator() + "drivers:" + System.lineSeparator() + drivers);
        return Files.writeString(folder.resolve("line.yaml"), text).toString();
    }
}
