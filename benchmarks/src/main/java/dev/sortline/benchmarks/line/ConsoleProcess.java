// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code sortline console} in a JVM of its own, with the options that this command itself was started with. */
public final class ConsoleProcess implements AutoCloseable {
    private static final String MAIN = "dev.sortline.cli.Main";
    private static final Duration READY_WITHIN = Duration.ofMinutes(1);
    private static final Duration ASK_EVERY = Duration.ofMillis(20);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JavaProcess process;
    private final URI page;

    private ConsoleProcess(JavaProcess process, int port) {
        this.process = process;
        this.page = URI.create("http://127.0.0.1:" + port + "/");
    }

    /** Starts it; {@link #awaitReady} waits for it. */
    static ConsoleProcess start(
            Path folder, String name, String bootstrapServers, Path model, List<String> labels, BenchLineFile lineFile)
            throws IOException {
        int port = LoopbackPort.free();
        Path plan = Files.writeString(folder.resolve("all.yaml"), BenchLineFile.planText(labels));
        Path config = Files.writeString(
                folder.resolve(name + ".yaml"),
                lineFile.withPage(port)
                        .text(
                                bootstrapServers,
                                name,
                                model.toAbsolutePath().toString(),
                                LoopbackPort.free(),
                                plan.getFileName().toString(),
                                labels));
        return new ConsoleProcess(
                new JavaProcess(
                        name,
                        folder,
                        JavaProcess.ownOptions(),
                        MAIN,
                        List.of("console", "--config", config.toString())),
                port);
    }

    void awaitReady() throws InterruptedException {
        long started = process.startedNanos();
        while (true) {
            process.requireAlive();
            try {
                if (HTTP.send(request("api/setup").build(), BodyHandlers.discarding())
                                .statusCode()
                        == OK) {
                    return;
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            if (System.nanoTime() - started > READY_WITHIN.toNanos()) {
                throw new BenchFailure(
                        "the operator's page is not there within %d s".formatted(READY_WITHIN.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        }
    }

    /** Has a picture tried, as the page does, and gives the time from the first byte sent until the last that came back. */
    public Duration upload(byte[] picture, String contentType) throws InterruptedException {
        HttpRequest upload = request("api/trials?camera=bench")
                .header("X-Sortline", "1")
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(picture))
                .build();
        long sent = System.nanoTime();
        try {
            var answer = HTTP.send(upload, BodyHandlers.ofString());
            Duration took = Duration.ofNanos(System.nanoTime() - sent);
            if (answer.statusCode() != OK) {
                throw new BenchFailure("the page answers a picture with " + answer.statusCode() + ": " + answer.body());
            }
            return took;
        } catch (IOException e) {
            throw new BenchFailure("the page does not answer a picture: " + e, e);
        }
    }

    /**
     * Opens the live view, as a browser does.
     *
     * @return what comes, until it is closed; whoever does not read it is a viewer that does not
     */
    public InputStream watch() throws InterruptedException {
        try {
            return HTTP.send(HttpRequest.newBuilder(page.resolve("api/live")).build(), BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The processors' time that it has used so far. */
    public Duration processorTime() {
        return process.processorTime();
    }

    /** Resident memory in bytes. */
    public long residentBytes() {
        return process.residentBytes();
    }

    @Override
    public void close() {
        process.close();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(page.resolve(path)).timeout(ANSWER_WITHIN);
    }
}
