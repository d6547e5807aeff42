// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReportTablesTest {
    private static final Conditions CONDITIONS = new Conditions(
            new Machine("processor", 2, "Linux", "17"),
            new RoutingEvent.Model("waste", "2.0.0"),
            "belt",
            140,
            1,
            50,
            1);

    @Test
    void latencyHasARowALoad() {
        // Given
        var load = new LatencyReport.Load("one line at 30 fps", 1, 30, 600, 598, 9.04, 15.5, 20, 31.25, List.of());
        var one = MedianOfTurns.of(List.of(1.0));
        var report = new LatencyReport(CONDITIONS, one, List.of(load), one, one, 1, 1);

        // When
        List<String> lines = report.lines();

        // Then
        assertThat(lines)
                .startsWith(
                        "load                            fps  events   p50 ms   p99 ms p99.9 ms   max ms",
                        "one line at 30 fps             30.0     598      9.0     15.5     20.0     31.3");
    }

    @Test
    void scaleHasARowASize() {
        // Given
        var figure = MedianOfTurns.of(List.of(812.25));
        var report = new ScaleReport(
                CONDITIONS,
                List.of(new ScaleReport.Step(1, figure, 1, 300), new ScaleReport.Step(4, figure, 0.9876, 301.5)),
                List.of(),
                figure,
                0.5);

        // When
        List<String> lines = report.lines();

        // Then
        assertThat(lines)
                .startsWith(
                        "                    frames/s ratioToFirst  resident MB",
                        "1 line                 812.3        1.000        300.0",
                        "4 lines                812.3        0.988        301.5");
    }
}
