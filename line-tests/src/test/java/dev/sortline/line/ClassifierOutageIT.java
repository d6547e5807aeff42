// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.line.peers.ClassifyProcess;
import dev.sortline.line.peers.Samples;
import dev.sortline.line.peers.TestCamera;
import dev.sortline.loopback.BrokerProcess;
import dev.sortline.loopback.PrometheusText;
import dev.sortline.process.TopicSetup;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline classify} while its broker is away for longer than a thread may be stuck. */
@Tag("exhaustive")
@Timeout(300)
class ClassifierOutageIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration AWAY = Duration.ofSeconds(75);

    @TempDir
    private Path folder;

    @Test
    void outageOfTheBrokerIsNoReasonToRestartTheClassifier() throws Exception {
        // Given
        try (var broker = BrokerProcess.start(folder)) {
            TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));
            try (var process = ClassifyProcess.start(broker, List.of("line-1"), folder)) {
                await().atMost(SOON).until(process::ready);
                try (var camera = new TestCamera(broker)) {
                    camera.publish("line-1", 1, Samples.picture("glass"));
                }
                await().atMost(SOON).until(() -> routed(process) == 1);

                // When
                broker.kill();
                await().during(AWAY).atMost(AWAY.plus(SOON)).until(() -> process.get("/health/live")
                        .startsWith("200"));
                broker.restart();
                try (var camera = new TestCamera(broker)) {
                    camera.publish("line-1", 2, Samples.picture("glass"));
                }
                await().atMost(SOON).until(() -> routed(process) >= 2);

                // Then
                assertThat(process.get("/health/live")).startsWith("200");
            }
        }
    }

    private static double routed(ClassifyProcess process) {
        return PrometheusText.series(process.get("/metrics")).stream()
                .filter(series -> series.name().equals("sortline_frames_total")
                        && "routed".equals(series.labels().get("fate")))
                .mapToDouble(PrometheusText.Series::value)
                .sum();
    }
}
