// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.line.peers.Prometheus;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;

/** A real Prometheus that scrapes a running line has data for every panel of every dashboard. */
@Tag("exhaustive")
@EnabledIf(
        value = "dev.sortline.line.peers.WatchingProgram#areThere",
        disabledReason = "Prometheus or Alertmanager is not installed")
class DashboardPanelsIT {
    private static final Duration ENOUGH = Duration.ofSeconds(150);

    @TempDir
    private Path folder;

    @Test
    void everyPanelHasNumbersOnceTheLineIsAtWork() throws Exception {
        // Given
        var waiting = new ArrayList<>(DashboardQuery.ofAll());
        try (var line = DashboardLine.start(folder)) {

            // When
            awaitAll(waiting, line.prometheus());
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

    private static boolean hasNumbers(DashboardQuery query, Prometheus prometheus)
            throws IOException, InterruptedException {
        return prometheus
                .now(DashboardQuery.filledIn(query.expression()))
                .valueStream()
                .anyMatch(series -> !series.at("/value/1").asText().equals("NaN"));
    }
}
