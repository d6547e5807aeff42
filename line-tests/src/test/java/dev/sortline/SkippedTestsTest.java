// SPDX-License-Identifier: Apache-2.0
package dev.sortline;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkippedTestsTest {
    private static final Instant BUILD_BEGAN = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir
    private Path modules;

    @Test
    void tellsWhatIsMissingOnceWithTheTestsThatMissIt() throws IOException {
        // Given
        report("gateway/target/surefire-reports", "MqttTest", assumption("broker is not installed"), 1);
        report("gateway/target/surefire-reports", "TlsTest", assumption("broker is not installed"), 2);
        report("line/target/failsafe-reports", "ImageIT", "<skipped message=\"Docker is not available\"/>", 1);
        report("line/target/failsafe-reports", "LineIT", "", 1);

        // When
        var lines = SkippedTests.list(modules, BUILD_BEGAN);

        // Then
        assertThat(lines)
                .containsExactly(
                        "5 tests, of which were skipped, for what they miss:",
                        "  Docker is not available: 1 of ImageIT",
                        "  broker is not installed: 3 of MqttTest, TlsTest");
    }

    @Test
    void tellsNothingOfAnEarlierBuild() throws IOException {
        // Given
        Path report = report("gateway/target/surefire-reports", "MqttTest", assumption("broker is not installed"), 1);
        Files.setLastModifiedTime(report, FileTime.from(BUILD_BEGAN.minusSeconds(1)));

        // When
        var lines = SkippedTests.list(modules, BUILD_BEGAN);

        // Then
        assertThat(lines).containsExactly("0 tests, none skipped");
    }

    private static String assumption(String message) {
        return """
                <skipped type="org.opentest4j.TestAbortedException"><![CDATA[org.opentest4j.TestAbortedException: Assumption failed: %s
                \tat org.junit.jupiter.api.Assumptions.assumeTrue(Assumptions.java:112)
                ]]></skipped>
                """
                .formatted(message);
    }

    private Path report(String folder, String testClass, String outcome, int tests) throws IOException {
        String test =
                "<testcase name=\"does\" classname=\"dev.sortline.%s\">%s</testcase>".formatted(testClass, outcome);
        return Files.writeString(
                Files.createDirectories(modules.resolve(folder)).resolve("TEST-dev.sortline." + testClass + ".xml"),
                "<testsuite>%s</testsuite>".formatted(test.repeat(tests)));
    }
}
