// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** {@code sortline gateway} in a process of its own, so that it can be killed. */
final class GatewayProcess implements AutoCloseable {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private GatewayProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static GatewayProcess start(String bootstrapServers, int plcPort, Path folder) throws IOException {
        int port = freePort();
        Path config = Files.writeString(
                folder.resolve("line-" + port + ".yaml"),
                """
                kafka: { bootstrap.servers: "%s" }
                model: nowhere
                http: { port: %d }
                belts:
                  main: { speedMetresPerSecond: 1.0, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1.0 } } }
                lines:
                  line-1: { belt: main, plan: glass-only.yaml }
                drivers:
                  plc: { type: modbus-client, host: 127.0.0.1, port: %d, lines: { line-1: { firstCoil: 0, ejectors: 8, firstRegister: 0 } } }
                """
                        .formatted(bootstrapServers, port, plcPort));
        Path log = folder.resolve("gateway-" + port + ".log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sortline.cli.Main",
                        "gateway",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new GatewayProcess(process, port, log);
    }

    boolean ready() {
        return get("/health/ready").startsWith("200");
    }

    /** How many events have had that fate; what is not yet measured is 0. */
    int fate(String fate) {
        return (int) PrometheusText.series(get("/metrics")).stream()
                .filter(series -> series.name().equals("sortline_actuations_total")
                        && fate.equals(series.labels().get("fate")))
                .mapToDouble(PrometheusText.Series::value)
                .sum();
    }

    /** The status and the body of an answer; empty while nobody answers. */
    String get(String path) {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + "\n" + answer.body();
        } catch (IOException e) {
            return "";
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** As {@code kill -9} does. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As an orchestrator does: SIGTERM, then the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(30, TimeUnit.SECONDS)) {
            throw new AssertionError("did not stop within 30 s");
        }
        return process.exitValue();
    }

    String log() throws IOException {
        return Files.readString(log);
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
