// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.metrics.LineMetric;
import dev.sortline.metrics.MeasuredFrame;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a scrape gets, over HTTP. */
class FrameExemplarsTest {
    private static final String PROMETHEUS_ASKS =
            "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2";

    private final HttpClient client = HttpClient.newHttpClient();
    private final ProcessMetrics metrics = new ProcessMetrics();
    private ManagementServer server;

    @BeforeEach
    void start() {
        server = ManagementServer.start(ManagementServer.LOOPBACK, 0, metrics.registry(), List::of);
    }

    @AfterEach
    void stop() {
        server.close();
        metrics.close();
    }

    @Test
    void aFrameThatFellIntoABucketIsItsExample() throws Exception {
        // Given
        measure("line-1/camera-1/17", Duration.ofMillis(42));

        // When
        var answer = get(PROMETHEUS_ASKS);

        // Then
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/openmetrics-text; version=1.0.0"));
        assertThat(answer.body())
                .containsPattern("sortline_latency_seconds_bucket\\{line=\"line-1\",le=\"0\\.05\"} 1"
                        + " # \\{frame_id=\"line-1/camera-1/17\"} 0\\.042 [0-9.]+\n")
                .doesNotContain("trace_id", "span_id")
                .endsWith("# EOF\n");
    }

    @Test
    void whatIsMeasuredOfNoFrameHasNoExample() throws Exception {
        // Given
        LineMetric.LATENCY.timer(metrics.registry()).withTag("line", "line-1").record(Duration.ofMillis(42));

        // When
        var answer = get(PROMETHEUS_ASKS);

        // Then
        assertThat(answer.body()).contains("sortline_latency_seconds_bucket").doesNotContain("# {");
    }

    @Test
    void aFrameWhoseIdIsTooLongIsNoExample() throws Exception {
        // Given
        measure("f".repeat(121), Duration.ofMillis(42));

        // When
        var answer = get(PROMETHEUS_ASKS);

        // Then
        assertThat(answer.body()).contains("sortline_latency_seconds_bucket").doesNotContain("# {");
    }

    @Test
    void whoAsksForNothingInParticularGetsPrometheusTextWithoutExamples() throws Exception {
        // Given
        measure("line-1/camera-1/17", Duration.ofMillis(42));

        // When
        var answer = get("*/*");

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        assertThat(answer.body())
                .contains("sortline_latency_seconds_bucket{line=\"line-1\",le=\"0.05\"} 1\n")
                .doesNotContain("frame_id", "# EOF");
    }

    @Test
    void bothFormatsHaveTheSameSeries() throws Exception {
        // Given
        measure("line-1/camera-1/17", Duration.ofMillis(42));
        LineMetric.MODEL_INFO.info(metrics.registry(), "line", "line-1", "model", "waste", "version", "1");

        // When
        var open = get(PROMETHEUS_ASKS);
        var plain = get("*/*");

        // Then
        assertThat(names(open)).containsExactlyInAnyOrderElementsOf(names(plain));
        assertThat(names(open)).contains("sortline_model_info", "sortline_process_resident_memory_bytes");
    }

    private void measure(String frame, Duration took) {
        MeasuredFrame.measure(frame, () -> LineMetric.LATENCY
                .timer(metrics.registry())
                .withTag("line", "line-1")
                .record(took));
    }

    private static List<String> names(HttpResponse<String> answer) {
        return answer.body()
                .lines()
                .filter(row -> !row.startsWith("#"))
                .map(row -> row.split("[{ ]", 2)[0])
                .distinct()
                .toList();
    }

    private HttpResponse<String> get(String accept) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/metrics"))
                        .header("Accept", accept)
                        .build(),
                BodyHandlers.ofString());
    }
}
