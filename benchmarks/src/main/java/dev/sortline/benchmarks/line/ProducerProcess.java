// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code sortline produce} in a JVM of its own, with the options that this command itself was started with. */
public final class ProducerProcess implements AutoCloseable {
    private static final String MAIN = "dev.sortline.cli.Main";
    private static final Duration FILMING_WITHIN = Duration.ofMinutes(2);
    private static final Duration ASK_EVERY = Duration.ofMillis(200);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JavaProcess process;
    private final int port;

    private ProducerProcess(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    static ProducerProcess start(Path folder, String name, String bootstrapServers, List<String> arguments)
            throws IOException {
        int port = LoopbackPort.free();
        List<String> all = new ArrayList<>(List.of("produce"));
        all.addAll(arguments);
        all.addAll(List.of("--bootstrap-servers", bootstrapServers, "--http-port", Integer.toString(port)));
        return new ProducerProcess(new JavaProcess(name, folder, JavaProcess.ownOptions(), MAIN, all), port);
    }

    /**
     * Waits until each camera has published a frame.
     *
     * @param cameras how many there are, each on a line of its own
     */
    public void awaitFilming(int cameras) throws InterruptedException {
        while (true) {
            process.requireAlive();
            try {
                long filming = ask().published().values().stream()
                        .filter(frames -> frames > 0)
                        .count();
                if (filming >= cameras) {
                    return;
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            if (System.nanoTime() - process.startedNanos() > FILMING_WITHIN.toNanos()) {
                throw new BenchFailure(
                        "not every camera films within %d s: %s".formatted(FILMING_WITHIN.toSeconds(), lastWords()));
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        }
    }

    /** What the cameras have come to so far. Costs the process some milliseconds. */
    public ProducedFrames frames() throws InterruptedException {
        process.requireAlive();
        try {
            return ask();
        } catch (IOException e) {
            throw new BenchFailure("cannot read the metrics of the cameras: " + e.getMessage(), e);
        }
    }

    /** The processors' time that it has used so far. */
    public Duration processorTime() {
        return process.processorTime();
    }

    @Override
    public void close() {
        process.close();
    }

    private String lastWords() {
        List<String> said =
                process.log().lines().filter(line -> !line.isBlank()).toList();
        return said.isEmpty() ? "it said nothing" : said.get(said.size() - 1);
    }

    private ProducedFrames ask() throws IOException, InterruptedException {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/metrics"))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        return ProducedFrames.of(answer.body());
    }
}
