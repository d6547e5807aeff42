// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.loopback.PrometheusText.Series;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PrometheusTextTest {
    private static final String TEXT =
            """
            # HELP sortline_frames_total Frames, each counted once by its fate
            # TYPE sortline_frames_total counter
            sortline_frames_total{fate="late",line="line-1"} 2.0
            sortline_frames_total{fate="routed",line="line-1"} 1.2E3
            sortline_frames_total_beside 7.0
            sortline_latency_seconds_bucket{line="a \\"quoted\\" {name}",le="+Inf"} 3.0
            jvm_threads NaN
            """;

    @Test
    void readsEverySample() {
        // When
        var series = PrometheusText.series(TEXT);

        // Then
        assertThat(series)
                .containsExactly(
                        new Series("sortline_frames_total", Map.of("fate", "late", "line", "line-1"), 2),
                        new Series("sortline_frames_total", Map.of("fate", "routed", "line", "line-1"), 1200),
                        new Series("sortline_frames_total_beside", Map.of(), 7),
                        new Series(
                                "sortline_latency_seconds_bucket",
                                Map.of("line", "a \\\"quoted\\\" {name}", "le", "+Inf"),
                                3),
                        new Series("jvm_threads", Map.of(), Double.NaN));
    }

    @Test
    void readsTheSeriesOfOneMetric() {
        // When
        var series = PrometheusText.series(TEXT, "sortline_frames_total");

        // Then
        assertThat(series).extracting(Series::value).containsExactly(2.0, 1200.0);
    }
}
