// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.GatewayProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.SimplePlc;
import dev.sortline.line.peers.TestLineFile;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.loopback.LoopbackPort;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes a running line has data for every panel of every dashboard. */
@Tag("exhaustive")
@EnabledIf(value = "prometheusIsThere", disabledReason = "Debian's prometheus is not installed")
class DashboardPanelsIT {
    private static final Path PROMETHEUS = Path.of("/usr/bin/prometheus");
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ENOUGH = Duration.ofSeconds(150);

    @TempDir
    private Path folder;

    @Test
    void everyPanelHasNumbersOnceTheLineIsAtWork() throws Exception {
        // Given
        var waiting = new ArrayList<>(DashboardQuery.ofAll());
        try (var broker = EmbeddedBroker.start();
                var plc = new SimplePlc()) {
            TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
            String lineFile = TestLineFile.of(broker.bootstrapServers(), List.of("line-1"), 1.0, plc.port());
            int producerPort = LoopbackPort.free();
            try (var classifier = ClassifyProcess.start(lineFile, folder);
                    var gateway = GatewayProcess.start(lineFile, folder);
                    var producer = producer(broker.bootstrapServers(), producerPort)) {
                int port = LoopbackPort.free();
                Process prometheus = prometheus(port, classifier.port(), gateway.port(), producerPort);

                // When
                try {
                    awaitAll(waiting, port);
                } finally {
                    prometheus.destroy();
                    prometheus.waitFor(30, TimeUnit.SECONDS);
                }
                producer.requireAlive();
            }
        }

        // Then
        assertThat(waiting).isEmpty();
    }

    /** Takes out of the queries each that has had a number. */
    private static void awaitAll(List<DashboardQuery> waiting, int port) {
        try {
            Awaitility.await()
                    .atMost(ENOUGH)
                    .pollInterval(Duration.ofSeconds(3))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        for (DashboardQuery query : List.copyOf(waiting)) {
                            if (hasNumbers(query, port)) {
                                waiting.remove(query);
                            }
                        }
                        return waiting.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            // The assertion tells which are still without.
        }
    }

    private static boolean hasNumbers(DashboardQuery query, int port) throws IOException, InterruptedException {
        String expression =
                query.expression().replace("$__rate_interval", "10s").replace("$line", ".*");
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/query?query="
                                + URLEncoder.encode(expression, StandardCharsets.UTF_8)))
                        .timeout(Duration.ofSeconds(20))
                        .build(),
                BodyHandlers.ofString());
        var json = new JsonMapper().readTree(answer.body());
        if (json.path("status").asText().equals("error")) {
            throw new AssertionError(query + ": " + json);
        }
        for (JsonNode series : json.at("/data/result")) {
            if (!series.at("/value/1").asText().equals("NaN")) {
                return true;
            }
        }
        return false;
    }

    private JavaProcess producer(String bootstrapServers, int port) {
        return new JavaProcess(
                "producer",
                folder,
                List.of("-XX:TieredStopAtLevel=1", "-Xmx128m"),
                "dev.sortline.cli.Main",
                List.of(
                        "produce",
                        "replay",
                        Samples.frames().toString(),
                        "--bootstrap-servers=" + bootstrapServers,
                        "--lines=1",
                        "--fps=10",
                        "--http-port=" + port));
    }

    private Process prometheus(int port, int classifier, int gateway, int producer) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("prometheus.yml"),
                """
                global: { scrape_interval: 1s, scrape_timeout: 1s }
                scrape_configs:
                  - { job_name: classifier, static_configs: [{ targets: ["localhost:%d"] }] }
                  - { job_name: gateway, static_configs: [{ targets: ["localhost:%d"] }] }
                  - { job_name: producer, static_configs: [{ targets: ["localhost:%d"] }] }
                """
                        .formatted(classifier, gateway, producer));
        return new ProcessBuilder(
                        PROMETHEUS.toString(),
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("prometheus.log").toFile())
                .start();
    }

    static boolean prometheusIsThere() {
        return Files.isExecutable(PROMETHEUS);
    }
}
