// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.line.peers.WatchingProgram;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Prometheus' and Alertmanager's own tools say of our rules, their tests and the settings. */
@EnabledIf(
        value = "dev.sortline.line.peers.WatchingProgram#areThere",
        disabledReason = "Prometheus or Alertmanager is not installed")
class PromtoolTest {
    private static final Path GRAFANA = Path.of("../grafana");

    @TempDir
    private Path folder;

    static List<Path> tests() throws IOException {
        try (Stream<Path> files = Files.list(GRAFANA.resolve("rules/tests"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void settingsOfPrometheusAreGoodWithTheirRules() throws Exception {
        // When
        var answer = WatchingProgram.PROMTOOL.run(
                folder, "check", "config", GRAFANA.resolve("prometheus.yml").toString());

        // Then
        assertThat(answer.text()).contains("1 rule files found");
        assertThat(answer.exitCode()).as(answer.text()).isZero();
    }

    @Test
    void rulesAreGood() throws Exception {
        // When
        var answer = WatchingProgram.PROMTOOL.run(
                folder, "check", "rules", GRAFANA.resolve("rules/sortline.yml").toString());

        // Then
        assertThat(answer.exitCode()).as(answer.text()).isZero();
    }

    @ParameterizedTest
    @MethodSource("tests")
    void alertsFireAtTheirFaultsAndClear(Path tests) throws Exception {
        // When
        var answer = WatchingProgram.PROMTOOL.run(folder, "test", "rules", tests.toString());

        // Then
        assertThat(answer.exitCode()).as(answer.text()).isZero();
    }

    @Test
    void settingsOfAlertmanagerAreGood() throws Exception {
        // When
        var answer = WatchingProgram.AMTOOL.run(
                folder, "check-config", GRAFANA.resolve("alertmanager.yml").toString());

        // Then
        assertThat(answer.exitCode()).as(answer.text()).isZero();
    }
}
