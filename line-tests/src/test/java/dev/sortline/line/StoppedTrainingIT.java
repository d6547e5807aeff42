// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.loopback.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What SIGTERM and Ctrl-C do to a command that has nothing to drain. */
@Timeout(120)
class StoppedTrainingIT {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final int ENDED_BY_SIGTERM = 143;

    @TempDir
    private Path folder;

    @Test
    void trainingThatIsStoppedEndsAtOnceAndLeavesItsCheckpointAlone() throws Exception {
        // Given
        Path out = Files.createDirectory(folder.resolve("out"));
        try (var training = new JavaProcess(
                "train",
                folder,
                List.of("-Xmx512m"),
                "dev.sortline.cli.Main",
                List.of(
                        "train",
                        "--data",
                        "../samples/belt",
                        "--architecture",
                        "cnn",
                        "--input-size",
                        "32",
                        "--epochs",
                        "1000",
                        "--out",
                        out.resolve("model").toString()))) {
            await().atMost(SOON).until(() -> names(out).contains(".model.checkpoint"));

            // When
            int exitCode = training.stop();

            // Then
            assertThat(exitCode).isEqualTo(ENDED_BY_SIGTERM);
            assertThat(training.log()).doesNotContain("gave up draining", "absl", "I0000", "tensorflow/core");
            assertThat(names(out)).containsExactly(".model.checkpoint");
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
