// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.process.StopSignal;
import dev.sortline.process.TopicSetup;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline produce replay} against a real broker. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ProduceIT {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final StopSignal signal = new StopSignal();
    private EmbeddedBroker broker;

    @TempDir
    private Path folder;

    @BeforeEach
    void start() throws Exception {
        broker = EmbeddedBroker.start();
        for (String label : List.of("glass", "metal")) {
            Files.createDirectory(folder.resolve(label));
            for (int i = 0; i < 5; i++) {
                Files.write(folder.resolve(label).resolve(i + ".jpg"), new byte[1000]);
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        broker.close();
    }

    @Test
    void onceShowsEveryImageToEveryCameraAndEndsWithZero() {
        // Given
        String[] options = {"--once", "--fps", "200", "--lines", "2", "--camera", "left", "--camera", "right"};

        // When
        int exitCode = replay(options);

        // Then
        assertThat(out.toString()).startsWith("published 40 frames (0.0 MB) of 4 cameras in ");
        assertThat(exitCode).isZero();
    }

    @Test
    void onceWithAFrameThatTheClusterRefusesEndsWithOne() throws IOException {
        // Given
        Path tooSmall = Files.writeString(
                folder.resolve("line.yaml"),
                """
                kafka: { bootstrap.servers: "elsewhere:9092", max.request.size: 900 }
                model: .
                belts:
                  belt:
                    speedMetresPerSecond: 1
                    transportMarginMillis: 0
                    residualLane: residue
                    ejectors: { glass: { number: 1, distanceMetres: 1, actuatorDelayMillis: 0 } }
                lines:
                  line-1: { belt: belt, plan: a-plan-that-is-elsewhere.yaml }
                """);

        // When
        int exitCode = replay("--once", "--fps", "200", "--config", tooSmall.toString());

        // Then
        assertThat(out.toString()).contains("published 0 frames", "failed 10");
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void signalDrainsAndEndsWithZero() throws ExecutionException, InterruptedException {
        // Given
        var running = CompletableFuture.supplyAsync(() -> replay("--fps", "100"));

        // When
        signal.request();

        // Then
        assertThat(running.get()).isZero();
        assertThat(out.toString()).contains("failed 0");
    }

    @Test
    void topicThatAnAdministratorHasNotMadeYetIsOneLineAndEndsWithOne() {
        // Given
        String[] options = {"--no-create-topics"};

        // When
        int exitCode = replay(options);

        // Then
        assertThat(err.toString())
                .startsWith("sortline: topics are missing, and --no-create-topics leaves them to an administrator:"
                        + " sortline.frames")
                .hasLineCount(1);
        assertThat(exitCode).isEqualTo(1);
    }

    @Test
    void topicThatIsThereIsUsed() {
        // Given
        TopicSetup.createMissing(Map.of("bootstrap.servers", broker.bootstrapServers()));

        // When
        int exitCode = replay("--once", "--no-create-topics", "--fps", "200");

        // Then
        assertThat(exitCode).isZero();
    }

    @Test
    void linesByNameAndByNumberDoNotGoTogether() {
        // Given
        String[] options = {"--line", "line-1", "--lines", "2"};

        // When
        int exitCode = replay(options);

        // Then
        assertThat(err.toString()).contains("--lines is 2: must be at least 1, and cannot go with --line");
        assertThat(exitCode).isEqualTo(2);
    }

    private int replay(String... options) {
        return Main.commandLine(signal)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(concat(
                        List.of(
                                "produce",
                                "replay",
                                folder.toString(),
                                "--bootstrap-servers",
                                broker.bootstrapServers()),
                        options));
    }

    private static String[] concat(List<String> first, String... rest) {
        return Stream.concat(first.stream(), Arrays.stream(rest)).toArray(String[]::new);
    }
}
