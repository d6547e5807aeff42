// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LogMessagesTest {
    private static final Pattern ROW = Pattern.compile(
            "^\\| (WARN|ERROR) \\| `(\\w+)` \\| `([^`]+)` \\| [^|]*\\w[^|]* \\| [^|]*\\w[^|]* \\|$", Pattern.MULTILINE);

    @Test
    void pageHasARowWithCauseAndRemedyForEachLineThatIsLoggedAtWarnAndAbove() throws IOException {
        // Given
        Set<LogCall> logged = sources().flatMap(LogMessagesTest::calls).collect(Collectors.toSet());

        // When
        List<LogCall> told = ROW.matcher(Files.readString(Path.of("../docs/log-messages.md")))
                .results()
                .map((MatchResult row) -> new LogCall(row.group(1), row.group(2), row.group(3)))
                .toList();

        // Then
        assertThat(told).hasSizeGreaterThan(80).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(logged);
    }

    @Test
    void messageIsReadFromACallWithItsPlacesThatDiffer() {
        // Given
        String source =
                "LOG.warn(\"{} is (gone), {}\", a, b); TROUBLE.error(\"code\" + x, \"Of \" + f(\"a, b\") + \" none\");"
                        + " trouble.warn(\"c\", \"%s has %d\".formatted(a, 3)); LOG.info(\"no\");";

        // When
        var calls = LogCall.in("Some", source);

        // Then
        assertThat(calls)
                .containsExactly(
                        new LogCall("WARN", "Some", "{…} is (gone), {…}"),
                        new LogCall("ERROR", "Some", "Of {…} none"),
                        new LogCall("WARN", "Some", "{…} has {…}"));
    }

    private static Stream<LogCall> calls(Path file) {
        try {
            return LogCall.in(file.getFileName().toString().replace(".java", ""), Files.readString(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What runs, of all modules. */
    private static Stream<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules
                    .map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(LogMessagesTest::javaFiles)
                    .toList()
                    .stream();
        }
    }

    private static Stream<Path> javaFiles(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
