// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The units under {@code deploy/systemd}: they start what the program knows, and systemd takes them. */
class SystemdUnitsTest {
    private static final Path UNITS = Path.of("..", "deploy", "systemd");
    private static final Pattern START = Pattern.compile("(?m)^ExecStart=/opt/sortline/bin/sortline (.+)$");
    private static final Pattern PORT = Pattern.compile("(?:SORTLINE_HTTP_PORT=|--http-port )([0-9]+)");
    private static final String WITHOUT_SYSTEMD = "systemd-analyze is not installed: no unit is verified";

    /** A machine's root, as far as systemd looks at it. */
    @TempDir
    private Path root;

    @BeforeEach
    void install() throws IOException {
        Path system = root.resolve("etc/systemd/system");
        Path shared = system.resolve("sortline-.service.d");
        Files.createDirectories(shared);
        for (Path unit : units()) {
            Files.copy(unit, system.resolve(unit.getFileName()));
        }
        Files.copy(UNITS.resolve("sortline-.service.d/10-sortline.conf"), shared.resolve("10-sortline.conf"));
        Path program = Files.createDirectories(root.resolve("opt/sortline/bin")).resolve("sortline");
        Files.writeString(program, "#!/bin/sh\n");
        assertThat(program.toFile().setExecutable(true)).isTrue();
        Path theirs = Path.of("/usr/lib/systemd/system");
        if (Files.isDirectory(theirs)) {
            Path targets = Files.createDirectories(root.resolve("usr/lib/systemd/system"));
            try (Stream<Path> files = Files.list(theirs)) {
                for (Path target : files.filter(file -> file.toString().endsWith(".target")
                                || file.toString().endsWith(".mount")
                                || file.toString().endsWith(".slice"))
                        .filter(Files::isRegularFile)
                        .toList()) {
                    Files.copy(target, targets.resolve(target.getFileName()));
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify", "gateway", "console", "produce"})
    void unitStartsACommandWithOptionsThatItHas(String role) throws IOException {
        // Given
        String unit = Files.readString(UNITS.resolve("sortline-" + role + ".service"));
        Matcher start = START.matcher(unit);

        // When
        assertThat(start.find()).isTrue();
        var parsed = Main.commandLine(new StopSignal())
                .parseArgs(start.group(1)
                        .replace("${SORTLINE_CONFIG}", "/etc/sortline/line.yaml")
                        .split(" ", -1));

        // Then
        assertThat(parsed.subcommand().commandSpec().name()).isEqualTo(role);
    }

    @Test
    void noTwoUnitsServeOnOnePort() throws IOException {
        // When
        List<String> ports = units().stream()
                .flatMap(unit -> PORT.matcher(read(unit)).results().map(found -> found.group(1)))
                .toList();

        // Then
        assertThat(ports).hasSize(4).doesNotHaveDuplicates();
    }

    @Test
    void stopIsGivenMoreTimeThanDrainingTakes() throws IOException {
        // When
        String shared = Files.readString(UNITS.resolve("sortline-.service.d/10-sortline.conf"));

        // Then
        assertThat(shared).contains("TimeoutStopSec=25", "KillSignal=SIGTERM", "RestartPreventExitStatus=2");
    }

    static boolean systemdIsThere() {
        return HelmChart.program("systemd-analyze").isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify", "gateway", "console", "produce"})
    @EnabledIf(value = "systemdIsThere", disabledReason = WITHOUT_SYSTEMD)
    void systemdTakesTheUnit(String role) throws IOException {
        // When
        var said = HelmChart.run(
                HelmChart.program("systemd-analyze").orElseThrow(),
                "",
                "verify",
                "--root=" + root,
                "--man=no",
                "sortline-" + role + ".service");

        // Then
        assertThat(said.text().lines().filter(line -> line.contains("sortline")))
                .isEmpty();
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"classify", "gateway", "console", "produce"})
    @EnabledIf(value = "systemdIsThere", disabledReason = WITHOUT_SYSTEMD)
    void unitExposesLittle(String role) throws IOException {
        // When
        var said = HelmChart.run(
                HelmChart.program("systemd-analyze").orElseThrow(),
                "",
                "security",
                "--root=" + root,
                "--offline=true",
                "--threshold=15",
                "--no-pager",
                "sortline-" + role + ".service");

        // Then
        assertThat(said.exitCode()).as(said.text()).isZero();
    }

    private static List<Path> units() throws IOException {
        try (Stream<Path> files = Files.list(UNITS)) {
            return files.filter(file -> file.toString().endsWith(".service"))
                    .sorted()
                    .toList();
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
