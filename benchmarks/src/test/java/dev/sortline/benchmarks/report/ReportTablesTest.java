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
        var report = new LatencyReport(CONDITIONS, one, List.of(load), one, one, one, one, 1, 1, 1);

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

    @Test
    void camerasAreToldOneAfterTheOther() {
        // Given
        var share = MedianOfTurns.of(List.of(0.04, 0.05, 0.06));
        var delay = new CamerasReport.Delay(4.25, 0.9, 0.95, 0.99, 1);
        var one = new CamerasReport.Filmed(1, share, share, 905L, 905, 903, 0, 30.0, 29.98, delay);
        var many = new CamerasReport.Filmed(16, share, null, null, 905, 903, 1, null, 29.5, delay);
        var report =
                new CamerasReport(CONDITIONS, 0.5, "1280x720", 30, 72_400, one, null, many, List.of("one RTSP camera"));

        // When
        List<String> lines = report.lines();

        // Then
        assertThat(lines)
                .containsExactly(
                        "1280x720 at 30 frames a second, JPEGs of 72.4 kB; load average before: 0.5",
                        "one MJPEG camera",
                        "  processor           5.0 % of a core, the whole process; ffmpeg -c copy 5.0 %",
                        "  rate               30.0 frames a second published of the slowest camera, 30.0 given",
                        "  pictures           905 given, 903 published, 2 with another fate, of which 0 in the measured time",
                        "  capture to broker   4.3 ms in the mean; 90.0 % within 10 ms, 95.0 % within 20 ms, 99.0 % within 50 ms, 100.0 % within 100 ms",
                        "16 MJPEG cameras",
                        "  processor           5.0 % of a core, the whole process",
                        "  rate               29.5 frames a second published of the slowest camera",
                        "  pictures           ? given, 903 published, 2 with another fate, of which 1 in the measured time",
                        "  capture to broker   4.3 ms in the mean; 90.0 % within 10 ms, 95.0 % within 20 ms, 99.0 % within 50 ms, 100.0 % within 100 ms",
                        "left out: one RTSP camera");
    }
}
