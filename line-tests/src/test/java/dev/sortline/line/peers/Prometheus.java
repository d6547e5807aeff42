// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.loopback.LoopbackPort;
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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** A real Prometheus on loopback that scrapes processes once a second, with no rules. */
public final class Prometheus implements AutoCloseable {
    private static final JsonMapper JSON = new JsonMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(60);
    private static final int ENDS_WITHIN_SECONDS = 30;

    private final int port = LoopbackPort.free();
    private final Process process;

    private Prometheus(Path folder, Map<String, Integer> ports) throws IOException {
        Path settings = Files.writeString(
                folder.resolve("prometheus.yml"),
                ports.entrySet().stream()
                        .map(each -> "  - { job_name: %s, static_configs: [{ targets: [\"localhost:%d\"] }] }"
                                .formatted(each.getKey(), each.getValue()))
                        .collect(Collectors.joining(
                                "\n", "global: { scrape_interval: 1s, scrape_timeout: 1s }\nscrape_configs:\n", "\n")));
        process = WatchingProgram.PROMETHEUS.start(
                folder.resolve("prometheus.log"),
                List.of(
                        "--config.file=" + settings,
                        "--storage.tsdb.path=" + folder.resolve("tsdb"),
                        "--web.listen-address=127.0.0.1:" + port));
    }

    /**
     * Starts it.
     *
     * @param ports of processes by their jobs
     */
    public static Prometheus start(Path folder, Map<String, Integer> ports) throws IOException {
        return new Prometheus(folder, ports);
    }

    /**
     * What a query finds now: a list of series, each with {@code metric} and {@code value}.
     *
     * @throws IOException while it is not up
     */
    public JsonNode now(String query) throws IOException, InterruptedException {
        return get("query?query=" + URLEncoder.encode(query, StandardCharsets.UTF_8));
    }

    /** What a query has found in the time until a moment: a list of series, each with {@code metric} and {@code values}. */
    public JsonNode until(Instant end, Duration time, Duration step, String query)
            throws IOException, InterruptedException {
        return get("query_range?start=%d&end=%d&step=%d&query=%s"
                .formatted(
                        end.minus(time).getEpochSecond(),
                        end.getEpochSecond(),
                        step.toSeconds(),
                        URLEncoder.encode(query, StandardCharsets.UTF_8)));
    }

    private JsonNode get(String asked) throws IOException, InterruptedException {
        var answer = HTTP.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1/" + asked))
                        .timeout(ANSWER_WITHIN)
                        .build(),
                BodyHandlers.ofString());
        var json = JSON.readTree(answer.body());
        if (json.path("status").asText().equals("error")) {
            throw new AssertionError(asked + ": " + json);
        }
        return json.at("/data/result");
    }

    @Override
    public void close() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
