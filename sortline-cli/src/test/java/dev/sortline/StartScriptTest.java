// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the start scripts give to Java, which here only says what it was given. */
class StartScriptTest {
    private static final Path SOURCES = Path.of("..");

    @TempDir
    private Path home;

    @BeforeEach
    void makeJava() throws IOException {
        assumeThat(File.separator).as("a shell").isEqualTo("/");
        Path java = Files.createDirectories(home.resolve("java/bin")).resolve("java");
        Files.writeString(java, "#!/bin/sh\nprintf '%s\\n' \"$@\"\n");
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    @Test
    void ownSettingsOfTheLogComeBeforeThoseOfLibrariesInTheArchive() throws Exception {
        // Given
        Path script = copy("sortline-cli/src/distribution/bin/sortline", "bin/sortline");
        Path lib = Files.createDirectories(home.resolve("lib"));
        Files.createFile(lib.resolve("a-library-1.0.jar"));
        Path own = Files.createFile(lib.resolve("sortline-cli-1.0.jar"));

        // When
        List<String> given = run(script);

        // Then
        assertThat(given.get(given.indexOf("-cp") + 1)).isEqualTo(own + ":" + lib + "/*");
    }

    @Test
    void ownSettingsOfTheLogComeBeforeThoseOfLibrariesInTheSources() throws Exception {
        // Given
        Path script = copy("sortline", "sortline");
        Files.createFile(home.resolve("pom.xml"));
        Path target = Files.createDirectories(home.resolve("sortline-cli/target"));
        Files.writeString(target.resolve("classpath"), "a-library-1.0.jar");

        // When
        List<String> given = run(script);

        // Then
        assertThat(given.get(given.indexOf("-cp") + 1)).isEqualTo(target.resolve("classes") + ":a-library-1.0.jar");
    }

    @Test
    void classesAreSharedWhereTheirFileWasMade() throws Exception {
        // Given
        Path script = copy("sortline-cli/src/distribution/bin/sortline", "bin/sortline");
        Path shared = Files.createDirectories(home.resolve("lib")).resolve("sortline.jsa");

        // When
        List<String> without = run(script);
        Files.createFile(shared);
        List<String> with = run(script);

        // Then
        assertThat(without).noneMatch(each -> each.contains("SharedArchiveFile"));
        assertThat(with).contains("-XX:SharedArchiveFile=" + shared);
    }

    private Path copy(String source, String name) throws IOException {
        Path script = home.resolve(name);
        Files.createDirectories(script.getParent());
        return Files.copy(SOURCES.resolve(source), script);
    }

    private List<String> run(Path script) throws IOException, InterruptedException {
        var command = new ProcessBuilder("sh", script.toString(), "--version").redirectErrorStream(true);
        command.environment().put("JAVA_HOME", home.resolve("java").toString());
        var process = command.start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said.lines().toList();
    }
}
