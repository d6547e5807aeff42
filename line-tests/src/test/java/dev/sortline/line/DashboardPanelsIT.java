// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.line.peers.Prometheus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real Prometheus that scrapes a running line has data for every panel of every dashboard. With {@code -Dsortline.write=true} the pictures of
 * the documents are drawn anew from it.
 */
@Tag("exhaustive")
@EnabledIf(
        value = "dev.sortline.line.peers.WatchingProgram#areThere",
        disabledReason = "Prometheus or Alertmanager is not installed")
class DashboardPanelsIT {
    private static final Duration ENOUGH = Duration.ofSeconds(150);

    private static final boolean WRITE = Boolean.getBoolean("sortline.write");
    private static final Duration WARM = Duration.ofSeconds(45);
    private static final Duration PAINTED = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void everyPanelHasNumbersOnceTheLineIsAtWork() throws Exception {
        // Given
        var waiting = new ArrayList<>(DashboardQuery.ofAll());
        try (var line = DashboardLine.start(folder)) {

            // When
            awaitAll(waiting, line.prometheus());
            if (WRITE) {
                paint(line.prometheus());
            }
        }

        // Then
        assertThat(waiting).isEmpty();
    }

    /** Takes out of the queries each that has had a number. */
    private static void awaitAll(List<DashboardQuery> waiting, Prometheus prometheus) {
        try {
            Awaitility.await()
                    .atMost(ENOUGH)
                    .pollInterval(Duration.ofSeconds(3))
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> {
                        for (DashboardQuery query : List.copyOf(waiting)) {
                            if (hasNumbers(query, prometheus)) {
                                waiting.remove(query);
                            }
                        }
                        return waiting.isEmpty();
                    });
        } catch (ConditionTimeoutException e) {
            // The assertion tells which are still without.
        }
    }

    /** Once frames have come for as long as the pictures show, and those at the start, when nothing was warm, are out of sight. */
    private static void paint(Prometheus prometheus) throws IOException, InterruptedException {
        String framesCame = "count_over_time((sum(rate(sortline_frames_total[10s])) > 0)[10m:1s]) > %d"
                .formatted(PAINTED.plus(WARM).toSeconds());
        Awaitility.await()
                .atMost(PAINTED.multipliedBy(3))
                .until(() -> !prometheus.now(framesCame).isEmpty());
        var end = Instant.now();
        try (var painter = new DashboardPainter(prometheus)) {
            for (DashboardSheet sheet : DashboardSheet.all()) {
                painter.paint(sheet, end, PAINTED);
            }
        }
    }

    private static boolean hasNumbers(DashboardQuery query, Prometheus prometheus)
            throws IOException, InterruptedException {
        return prometheus
                .now(DashboardQuery.filledIn(query.expression()))
                .valueStream()
                .anyMatch(series -> !series.at("/value/1").asText().equals("NaN"));
    }
}
