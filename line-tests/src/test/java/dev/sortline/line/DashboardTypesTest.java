// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The dashboards held against Grafana's own types by the TypeScript compiler: a setting or a word that Grafana does not know would be passed
 * over without a sign. Needs npm and its packages.
 */
class DashboardTypesTest {
    private static final Path SOURCES = Path.of("src/test/grafana");
    private static final Path FOLDER = Path.of("target/grafana").toAbsolutePath();
    private static final String CANNOT_FETCH = "npm cannot fetch Grafana's types, see " + FOLDER.resolve("npm.log");
    private static final int ENDS_WITHIN_MINUTES = 3;

    @TempDir
    private Path logs;

    @BeforeAll
    static void fetchTypes() throws IOException, InterruptedException {
        String npm = installed("npm");
        Files.createDirectories(FOLDER);
        Files.write(FOLDER.resolve("grafana.ts"), Files.readAllBytes(SOURCES.resolve("grafana.ts")));
        Path lock = FOLDER.resolve("package-lock.json");
        if (Files.exists(FOLDER.resolve("node_modules/.package-lock.json"))
                && Files.mismatch(lock, SOURCES.resolve(lock.getFileName())) < 0) {
            return;
        }
        for (String file : List.of("package.json", "package-lock.json", ".npmrc")) {
            Files.write(FOLDER.resolve(file), Files.readAllBytes(SOURCES.resolve(file)));
        }
        int exitCode = run(FOLDER.resolve("npm.log"), npm, "ci", "--ignore-scripts");
        Assumptions.assumeTrue(exitCode == 0, CANNOT_FETCH);
    }

    @Test
    void everyDashboardIsWhatGrafanasTypesAllow() throws Exception {
        // Given
        List<String> dashboards = new ArrayList<>();
        for (DashboardSheet sheet : DashboardSheet.all()) {
            dashboards.add(typed(sheet.name(), Files.readString(sheet.file())));
        }

        // When
        List<String> mistakes = mistakes(dashboards);

        // Then
        assertThat(dashboards).hasSizeGreaterThan(5);
        assertThat(mistakes).isEmpty();
    }

    @Test
    void settingAndWordThatGrafanaDoesNotKnowAreFound() throws Exception {
        // Given
        String good = Files.readString(DashboardSheet.all().get(0).file());
        String bad = good.replaceFirst("\"colorMode\" : \"value\"", "\"colorMode\" : \"values\"")
                .replaceFirst("\"unit\" :", "\"units\" :");

        // When
        List<String> mistakes = mistakes(List.of(typed("bad", bad)));

        // Then
        assertThat(mistakes)
                .hasSize(2)
                .anyMatch(mistake -> mistake.contains("\"values\""))
                .anyMatch(mistake -> mistake.contains("'\"units\"' does not exist"));
    }

    /** The file of a dashboard as a value of our type. */
    private static String typed(String name, String json) throws IOException {
        return Files.writeString(
                        FOLDER.resolve(name + ".ts"),
                        "import type { OurDashboard } from './grafana.js';\nexport const dashboard: OurDashboard = %s;\n"
                                .formatted(json))
                .toString();
    }

    private List<String> mistakes(List<String> files) throws IOException, InterruptedException {
        Path said = logs.resolve("tsc.log");
        List<String> command = new ArrayList<>(List.of(
                installed("node"),
                FOLDER.resolve("node_modules/typescript/bin/tsc").toString()));
        command.addAll(Arrays.asList("--strict --noEmit --skipLibCheck --target es2022 --module nodenext".split(" ")));
        command.addAll(files);
        int exitCode = run(said, command.toArray(String[]::new));
        List<String> mistakes = Files.readAllLines(said);
        assertThat(exitCode == 0).as(mistakes.toString()).isEqualTo(mistakes.isEmpty());
        return mistakes.stream().filter(line -> !line.startsWith(" ")).toList();
    }

    private static int run(Path log, String... command) throws IOException, InterruptedException {
        var process = new ProcessBuilder(command)
                .directory(FOLDER.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        if (!process.waitFor(ENDS_WITHIN_MINUTES, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            return -1;
        }
        return process.exitValue();
    }

    /** Where the program is; the tests are skipped where it is not. */
    private static String installed(String program) {
        var found = Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(found.isPresent(), () -> program + " is not installed");
        return found.orElseThrow().toString();
    }
}
