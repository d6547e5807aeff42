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
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code sortline classify} in a process of its own, so that it can be killed. */
final class ClassifyProcess implements AutoCloseable {
    /** The plan's file in the folder that the process was started with. */
    static final String PLAN = "glass-only.yaml";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Process process;
    private final int port;
    private final Path log;

    private ClassifyProcess(Process process, int port, Path log) {
        this.process = process;
        this.port = port;
        this.log = log;
    }

    static ClassifyProcess start(Broker broker, List<String> lines, Path folder) throws IOException {
        return start(broker, lines, 1, folder);
    }

    static ClassifyProcess start(Broker broker, List<String> lines, int framesPerItem, Path folder) throws IOException {
        int port = freePort();
        Files.writeString(folder.resolve(PLAN), GlassOnly.yaml(0.5));
        Path config =
                Files.writeString(folder.resolve("line-" + port + ".yaml"), config(broker, port, lines, framesPerItem));
        Path log = folder.resolve("classify-" + port + ".log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                        "-Dorg.slf4j.simpleLogger.log.dev.sortline.cli=info",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "dev.sortline.cli.Main",
                        "classify",
                        "--config",
                        config.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        return new ClassifyProcess(process, port, log);
    }

    boolean ready() {
        try {
            return get("/health/ready").startsWith("200");
        } catch (IOException e) {
            return false;
        }
    }

    /** The status and the body of an answer. */
    String get(String path) throws IOException {
        try {
            var answer = HTTP.send(
                    HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                            .build(),
                    BodyHandlers.ofString());
            return answer.statusCode() + "\n" + answer.body();
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

    private static String config(Broker broker, int port, List<String> lines, int framesPerItem) {
        var config = new StringBuilder(
                """
                kafka: { bootstrap.servers: "%s" }
                model: %s
                http: { port: %d }
                belts:
                  slow: { speedMetresPerSecond: 0.01, transportMarginMillis: 20, residualLane: residue, ejectors: { glass: { number: 1, distanceMetres: 1.0 } } }
                lines:
                """
                        .formatted(broker.bootstrapServers(), Samples.model(), port));
        lines.forEach(line -> config.append("  ")
                .append(line)
                .append(": { belt: slow, plan: ")
                .append(PLAN)
                .append(", framesPerItem: ")
                .append(framesPerItem)
                .append(" }\n"));
        return config.toString();
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
