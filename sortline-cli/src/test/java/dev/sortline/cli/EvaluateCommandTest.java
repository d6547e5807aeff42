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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The shipped model on the shipped pictures. */
class EvaluateCommandTest {
    private static final String MODEL = "../models/waste-mobilenet-v2";
    private static final String SAMPLES = "../samples/belt";

    private final StringWriter err = new StringWriter();
    private CommandLine sortline;
    private Path report;

    @BeforeEach
    void start(@TempDir Path folder) {
        report = folder.resolve("report");
        sortline = Main.commandLine(new StopSignal()).setErr(new PrintWriter(err, true));
    }

    @Test
    void writesThePageAndTheFigures() throws IOException {
        // When
        int exitCode = sortline.execute("evaluate", "--model", MODEL, "--data", SAMPLES, "--report", report.toString());

        // Then
        JsonNode figures = json();
        assertThat(exitCode).isZero();
        assertThat(figures.path("accuracy").asDouble()).isGreaterThan(0.5);
        assertThat(figures.has("nearDuplicates")).isFalse();
        assertThat(report.resolve("evaluation.html")).content().endsWith("</html>\n");
    }

    @Test
    void warnsInOneLineWhereTheModelWasTrainedOnThePictures() throws IOException {
        // When
        int exitCode = sortline.execute(
                "evaluate",
                "--model",
                MODEL,
                "--data",
                SAMPLES,
                "--trained-on",
                SAMPLES,
                "--report",
                report.toString());

        // Then
        JsonNode figures = json();
        assertThat(exitCode).isZero();
        assertThat(err.toString()).contains("look like one that was trained on").hasLineCount(1);
        assertThat(figures.path("nearDuplicates"))
                .hasSize(figures.path("images").asInt())
                .allMatch(pair -> pair.path("distance").asInt() == 0);
    }

    @Test
    void refusesAFolderThatIsNotThereBeforeItClassifies() {
        // When
        int exitCode = sortline.execute("evaluate", "--model", MODEL, "--data", SAMPLES, "--trained-on", "nowhere");

        // Then
        assertThat(exitCode).isEqualTo(2);
        assertThat(err.toString()).startsWith("sortline: no folder at nowhere").hasLineCount(1);
    }

    private JsonNode json() throws IOException {
        return new ObjectMapper().readTree(report.resolve("evaluation.json").toFile());
    }
}
