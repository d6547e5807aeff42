// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sortline demo} as a newcomer runs it, only shorter. */
class DemoIT {
    private static final StringWriter OUT = new StringWriter();
    private static int exitCode;
    private static JsonNode report;

    @BeforeAll
    static void runDemo(@TempDir Path folder) throws IOException {
        System.setProperty(
                "sortline.home", Path.of("..").toAbsolutePath().normalize().toString());
        Path file = folder.resolve("report.json");
        exitCode = Main.commandLine(new StopSignal())
                .setOut(new PrintWriter(OUT, true))
                .execute("demo", "--seconds", "8", "--report", file.toString());
        report = new ObjectMapper().readTree(file.toFile());
    }

    @Test
    void endsWithZeroAndASummary() {
        // Given
        int outcome = exitCode;

        // When
        String shown = OUT.toString();

        // Then
        assertThat(outcome).isZero();
        assertThat(shown).contains("lane", "purity", "recovery", "glass", "residue");
    }

    @Test
    void reportHasExactlyTheKeysThatToolsReadFromIt() {
        // Given
        var root = report;

        // When
        var keys = root.fieldNames();

        // Then
        assertThat(keys)
                .toIterable()
                .containsExactlyInAnyOrder(
                        "seconds",
                        "frames",
                        "items",
                        "throughputFps",
                        "latencyMs",
                        "accuracy",
                        "lanes",
                        "decisions",
                        "model");
        assertThat(root.get("frames").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("published", "routed", "empty", "late", "unreadable");
        assertThat(root.get("latencyMs").fieldNames()).toIterable().containsExactlyInAnyOrder("p50", "p99");
        assertThat(root.get("decisions").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("SORT", "AMBIGUOUS", "UNCERTAIN", "LATE", "UNREADABLE");
        assertThat(root.get("lanes").get("glass").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder("items", "purity", "recovery");
        assertThat(root.get("model").fieldNames()).toIterable().containsExactlyInAnyOrder("name", "version");
    }

    @Test
    void everyPublishedFrameHasExactlyOneFate() {
        // Given
        var frames = report.get("frames");

        // When
        long fates = frames.get("routed").asLong()
                + frames.get("empty").asLong()
                + frames.get("late").asLong()
                + frames.get("unreadable").asLong();

        // Then
        assertThat(fates).isEqualTo(frames.get("published").asLong()).isPositive();
    }

    @Test
    void itemsAndDecisionsAddUp() {
        // Given
        var decisions = report.get("decisions");

        // When
        long decided = StreamSupport.stream(decisions.spliterator(), false)
                .mapToLong(JsonNode::asLong)
                .sum();

        // Then
        assertThat(decided).isEqualTo(report.get("items").asLong());
        assertThat(report.at("/frames/routed").asLong())
                .isEqualTo(decisions.get("SORT").asLong()
                        + decisions.get("AMBIGUOUS").asLong()
                        + decisions.get("UNCERTAIN").asLong());
    }

    @Test
    void sampleFramesAreSortedRight() {
        // Given
        double least = 0.8;

        // When
        double accuracy = report.get("accuracy").asDouble();

        // Then
        assertThat(accuracy).isGreaterThan(least);
    }
}
