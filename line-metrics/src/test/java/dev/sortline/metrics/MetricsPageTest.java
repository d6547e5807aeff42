// SPDX-License-Identifier: Apache-2.0
package dev.sortline.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The page of metrics is what is declared. */
class MetricsPageTest {
    private static final Path PAGE = Path.of("../docs/metrics.md");
    private static final boolean WRITE = Boolean.getBoolean("sortline.write");
    private static final String COMMAND = "mvn test -pl line-metrics -Dtest=MetricsPageTest -Dsortline.write=true";

    private static final String HEAD =
            """
            <!-- Generated from LineMetric. To write it anew: %s -->

            # Metrics

            What each process serves on `/metrics` at its `http.port`: Prometheus text, or OpenMetrics text for who asks for it (`Accept: application/openmetrics-text`).

            - Each series that can be known is there from the start, at 0, so that a rate sees the first count too. What cannot be known at a moment, as the age of a camera's last frame on an
              instance that has not the camera's line, is not a number.
            - Tags have few values: the words that stand here, and what is configured. Whatever is sent by a line or camera that nobody knows is counted under one word.
            - A histogram has `_bucket`, `_count` and `_sum`, and `_max`: the greatest of the last minutes, a gauge. A summary has no `_bucket`.
            - In OpenMetrics text, `sortline_latency_seconds`, `sortline_confidence_percent` and `sortline_gap_percent` have examples: `# {frame_id="line-1/camera-1/17"}` behind a bucket names a frame that
              fell into it. Of a bucket there is a new one every few seconds. Prometheus keeps them with `--enable-feature=exemplar-storage`.
            - Times are in seconds, shares 0 to 1 unless the unit says percent.

            """
                    .formatted(COMMAND);

    private static final String FOOT =
            """
            ## Of all processes

            | names | what |
            |---|---|
            | `jvm_memory_…`, `jvm_gc_…`, `jvm_threads_…`, `jvm_buffer_…` | the JVM's heap and other memory, collections, threads |
            | `process_cpu_usage`, `system_cpu_usage`, `system_cpu_count`, `system_load_average_1m` | processor time, of the process and of the machine; 0 to 1 |
            | `process_files_open_files`, `process_files_max_files` | file descriptors: how many are open, and how many may be |
            | `process_uptime_seconds`, `process_start_time_seconds` | since when it runs |

            ## Of Kafka's clients

            The classifier has all that Kafka Streams and its clients measure of themselves (`kafka_stream_…`, `kafka_consumer_…`, `kafka_producer_…`), the producer and the gateway what theirs do, under Kafka's own names with underscores and
            the tags `client_id`, `topic`, `partition`, `thread_id` and their like: [Kafka's documentation](https://kafka.apache.org/documentation/#monitoring) has them all. Among them:

            | name | what |
            |---|---|
            | `kafka_consumer_fetch_manager_records_lag` | frames of a partition that wait |
            | `kafka_consumer_coordinator_rebalance_total` | how often lines have changed hands |
            | `kafka_stream_thread_process_latency_avg` | milliseconds of a frame in the topology |
            | `kafka_producer_record_error_total` | records that the cluster refused |
            """;

    @Test
    void pageIsWhatIsDeclared() throws IOException {
        // When
        String page = HEAD
                + Arrays.stream(LineProcess.values())
                        .map(MetricsPageTest::section)
                        .collect(Collectors.joining())
                + FOOT;

        // Then
        if (WRITE) {
            Files.writeString(PAGE, page);
        }
        assertThat(PAGE).as("to write it anew: %s", COMMAND).hasContent(page);
    }

    private static String section(LineProcess process) {
        return "## " + process.word().substring(0, 1).toUpperCase(Locale.ROOT)
                + process.word().substring(1) + "\n\n"
                + "| exported as | kind | unit | tags | what |\n|---|---|---|---|---|\n"
                + Arrays.stream(LineMetric.values())
                        .filter(metric -> metric.processes().contains(process))
                        .map(MetricsPageTest::row)
                        .collect(Collectors.joining())
                + "\n";
    }

    private static String row(LineMetric metric) {
        return "| `%s` | %s | %s | %s | %s%s |\n"
                .formatted(
                        metric.exportedName(),
                        metric.exportedSeries().size() > 1 && metric.buckets().isEmpty()
                                ? "summary"
                                : metric.kind().word(),
                        metric.unit(),
                        metric.tags().stream()
                                .map(tag -> "`%s`: %s".formatted(tag.name(), tag.values()))
                                .collect(Collectors.joining("<br>")),
                        metric.help(),
                        buckets(metric.buckets()));
    }

    private static String buckets(List<Double> bounds) {
        return bounds.isEmpty()
                ? ""
                : ". Buckets: " + bounds.stream().map(MetricsPageTest::number).collect(Collectors.joining(", "));
    }

    private static String number(double bound) {
        return BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString();
    }
}
