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

class OperationsGuideTest {
    private static final Path GUIDE = Path.of("../docs/operations.md");
    private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|IT))`");
    private static final Pattern FAILURE = Pattern.compile("^(?:\\| [^|]+ ){6}\\|$", Pattern.MULTILINE);
    private static final Pattern LINK = Pattern.compile("]\\(([\\w./-]+)");

    @Test
    void everyTestThatTheGuideNamesIsThere() throws IOException {
        // Given
        Set<String> tests = tests();

        // When
        Set<String> named = found(TEST, Files.readString(GUIDE)).collect(Collectors.toSet());

        // Then
        assertThat(named).hasSizeGreaterThan(25).isSubsetOf(tests);
    }

    @Test
    void everyFailureNamesItsTestOrSaysThatThereIsNone() throws IOException {
        // Given
        String guide = Files.readString(GUIDE);

        // When
        List<String> failures = FAILURE.matcher(guide)
                .results()
                .map(MatchResult::group)
                .filter(row -> !row.endsWith("held by |"))
                .toList();

        // Then
        assertThat(failures)
                .hasSizeGreaterThan(30)
                .allMatch(row -> row.endsWith("| not held by a test |") || row.matches(".*\\| `\\w+`(, `\\w+`)* \\|"));
    }

    @Test
    void everyPageThatTheGuideLinksToIsThere() throws IOException {
        // Given
        String guide = Files.readString(GUIDE);

        // When
        List<String> linked = found(LINK, guide).toList();

        // Then
        assertThat(linked).isNotEmpty().allMatch(page -> Files.exists(GUIDE.resolveSibling(page)));
    }

    private static Stream<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map((MatchResult found) -> found.group(1));
    }

    private static Set<String> tests() throws IOException {
        try (Stream<Path> modules = Files.list(Path.of(".."))) {
            return modules.map(module -> module.resolve("src/test/java"))
                    .filter(Files::isDirectory)
                    .flatMap(OperationsGuideTest::files)
                    .map(file -> file.getFileName().toString().replace(".java", ""))
                    .collect(Collectors.toSet());
        }
    }

    private static Stream<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
