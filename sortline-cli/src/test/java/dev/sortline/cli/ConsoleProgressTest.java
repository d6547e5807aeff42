// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ConsoleProgressTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();
    private final AtomicLong seconds = new AtomicLong();
    private final ConsoleProgress progress = ConsoleProgress.plain(
            new PrintStream(written, true, StandardCharsets.UTF_8), () -> Instant.ofEpochSecond(seconds.get()));

    @Test
    void writesTenLinesAStageWithTheTimeLeft() {
        // Given
        progress.begin("features", 200);

        // When
        for (int i = 0; i < 200; i++) {
            seconds.incrementAndGet();
            progress.step("loss 0.5");
        }
        progress.end();

        // Then
        assertThat(lines()).hasSize(10);
        assertThat(lines()[0]).isEqualTo("features: 20 of 200, 3:00 left  loss 0.5");
    }

    @Test
    void namesWhatIsSkipped() {
        // When
        progress.skipped(Path.of("glass/1.jpg"), "cut off");

        // Then
        assertThat(lines()).containsExactly("skipped " + Path.of("glass/1.jpg") + ": cut off");
    }

    private String[] lines() {
        return written.toString(StandardCharsets.UTF_8).split("\\R");
    }
}
