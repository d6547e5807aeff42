// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

class LineFileFuzzTest {
    @TempDir
    private static Path folder;

    private static Path file;

    @BeforeAll
    static void name() {
        file = folder.resolve("line.yaml");
    }

    @AfterAll
    static void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    @FuzzTest
    @DictionaryEntries({
        "kafka: { bootstrap.servers: b:1 }\\x0A",
        "model: m\\x0A",
        "http: { port: ",
        "belts: { main: ",
        "speedMetresPerSecond: ",
        "ejectors: { glass: { number: ",
        "distanceMetres: ",
        "lines: { line-1: { belt: main, plan: p",
        "framesPerItem: ",
        "gateway: { pulseMillis: ",
        "drivers: { plc: { type: modbus-client",
        "inference: { precision: ",
        "&a ",
        "*a",
        "!!java.net.URL ",
        "1e999999999",
        "jrt:/"
    })
    void isRefusedInOneShortLineOrDescribesItsLines(byte[] content) throws IOException {
        // Given
        Files.write(file, content);

        // When
        LineFile lineFile;
        try {
            lineFile = LineFile.load(file, Map.of());
        } catch (CommandFailure refusal) {
            // Then
            Refusals.assertOneShortLine(refusal);
            return;
        }

        // Then
        assertThat(lineFile.model()).isAbsolute();
        lineFile.lines().forEach((id, line) -> {
            assertThat(line.framesPerItem()).isPositive();
            assertThat(line.plan()).isAbsolute();
            assertThat(line.place()).startsWith(file.toString());
        });
        lineFile.drivers().values().forEach(driver -> assertThat(lineFile.lines())
                .containsKeys(driver.lines(lineFile.lines().keySet()).toArray(String[]::new)));
    }
}
