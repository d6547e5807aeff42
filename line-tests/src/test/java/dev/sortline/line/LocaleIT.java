// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.line.peers.Samples;
import dev.sortline.loopback.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On machines that write digits, or the letter i, in their own way. */
class LocaleIT {
    @TempDir
    private static Path folder;

    private static Path pictures = Path.of("");
    private static String expected = "";

    @BeforeAll
    static void evaluateElsewhere() throws Exception {
        pictures = pictures();
        expected = evaluation("en", "GB");
    }

    @ParameterizedTest
    @CsvSource({"ar, EG", "tr, TR"})
    void whatACommandWritesIsTheSameAsElsewhere(String language, String country) throws Exception {
        // When
        String written = evaluation(language, country);

        // Then
        assertThat(written).isEqualTo(expected).doesNotContainPattern("[\\p{Nd}&&[^0-9]]");
    }

    /** What is printed, and the reports for machines and people, without their times. */
    private static String evaluation(String language, String country) throws Exception {
        Path report = folder.resolve("report-" + language);
        try (var command = new JavaProcess(
                language,
                folder,
                List.of("-Duser.language=" + language, "-Duser.country=" + country, "-XX:TieredStopAtLevel=1"),
                "dev.sortline.cli.Main",
                List.of(
                        "evaluate",
                        "--model",
                        Samples.model().toString(),
                        "--data",
                        pictures.toString(),
                        "--report",
                        report.toString()))) {
            assertThat(command.awaitEnd()).as(command.log()).isZero();
        }
        try (Stream<Path> files = Files.walk(report)) {
            var text = new StringBuilder();
            for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                text.append(report.relativize(file)).append('\n').append(textOf(file));
            }
            return text.toString();
        }
    }

    private static String textOf(Path file) throws IOException {
        return file.toString().matches(".*\\.(json|html|csv|md|svg)") ? Files.readString(file) : "";
    }

    private static Path pictures() throws IOException {
        Path data = folder.resolve("pictures");
        for (String label : List.of("glass", "metal")) {
            Path to = Files.createDirectories(data.resolve(label));
            try (Stream<Path> files = Files.list(Path.of("../samples/belt").resolve(label))) {
                for (Path picture : files.sorted().limit(3).toList()) {
                    Files.copy(picture, to.resolve(picture.getFileName()));
                }
            }
        }
        return data;
    }
}
