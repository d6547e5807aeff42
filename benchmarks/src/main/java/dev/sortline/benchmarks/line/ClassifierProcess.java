// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.metrics.LineMetric;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code sortline classify} in a JVM of its own, with the options that this command itself was started with. */
public final class ClassifierProcess implements AutoCloseable {
    private static final String MAIN = "dev.sortline.cli.Main";
    private static final Duration READY_WITHIN = Duration.ofMinutes(2);
    private static final Duration ASK_EVERY = Duration.ofMillis(10);
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final JavaProcess process;
    private final int port;
    private Duration startUp = Duration.ZERO;

    private ClassifierProcess(JavaProcess process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; {@link #awaitReady} waits for it. */
    static ClassifierProcess start(
            Path folder,
            String name,
            String group,
            String bootstrapServers,
            Path model,
            List<String> labels,
            BenchLineFile lineFile)
            throws IOException {
        int port = LoopbackPort.free();
        Path plan = Files.writeString(folder.resolve("all.yaml"), BenchLineFile.planText(labels));
        Path config = Files.writeString(
                folder.resolve(name + ".yaml"),
                lineFile.text(
                        bootstrapServers,
                        group,
                        model.toAbsolutePath().toString(),
                        port,
                        plan.getFileName().toString(),
                        labels));
        return new ClassifierProcess(
                new JavaProcess(
                        name,
                        folder,
                        JavaProcess.ownOptions(),
                        MAIN,
                        List.of("classify", "--config", config.toString())),
                port);
    }

    /** Waits until it takes frames. */
    public void awaitReady() throws InterruptedException {
        while (true) {
            process.requireAlive();
            try {
                if (ask("/health/ready").startsWith("200")) {
                    startUp = age();
                    return;
                }
            } catch (IOException e) {
                // it does not listen yet
            }
            if (age().compareTo(READY_WITHIN) > 0) {
                throw new BenchFailure("the classifier is not ready within %d s".formatted(READY_WITHIN.toSeconds()));
            }
            TimeUnit.MILLISECONDS.sleep(ASK_EVERY.toMillis());
        }
    }

    /** From the start of {@code java} until it was found ready. */
    public Duration startUp() {
        return startUp;
    }

    /** How it runs the network: {@code engine}, {@code precision}, {@code batch}, {@code runs} and {@code threads}, as in its metrics. */
    public Map<String, String> inference() throws InterruptedException {
        process.requireAlive();
        try {
            return PrometheusText.series(ask("/metrics"), LineMetric.INFERENCE_RATE.exportedName()).stream()
                    .findFirst()
                    .orElseThrow(() -> new BenchFailure("the classifier does not say how it runs the network"))
                    .labels();
        } catch (IOException e) {
            throw new BenchFailure("cannot read the classifier's metrics: " + e.getMessage(), e);
        }
    }

    /** What became of the frames that it took since its start. Costs it some milliseconds. */
    public FrameFates fates() throws InterruptedException {
        process.requireAlive();
        try {
            return FrameFates.of(ask("/metrics"));
        } catch (IOException e) {
            throw new BenchFailure("cannot read the classifier's metrics: " + e.getMessage(), e);
        }
    }

    /** Resident memory in bytes. */
    public long residentBytes() {
        return process.residentBytes();
    }

    /** The processors' time that it has used since its start. */
    public Duration processorTime() {
        return process.processorTime();
    }

    /** Ends it as an orchestrator does: it leaves its group, so that others have the lines at once. */
    public void stop() throws InterruptedException {
        var unused = process.stop();
    }

    @Override
    public void close() {
        process.close();
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - process.startedNanos());
    }

    private String ask(String path) throws IOException, InterruptedException {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .timeout(Duration.ofSeconds(10))
                        .build(),
                BodyHandlers.ofString());
        return answer.statusCode() + "\n" + answer.body();
    }
}
