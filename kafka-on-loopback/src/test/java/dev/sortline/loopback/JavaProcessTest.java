// SPDX-License-Identifier: Apache-2.0
package dev.sortline.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JavaProcessTest {
    @TempDir
    private Path folder;

    /** Waits to be ended. */
    static final class Waiting {
        private Waiting() {}

        public static void main(String... arguments) throws InterruptedException {
            new CountDownLatch(1).await();
        }
    }

    /** Fails as a command does: a line, then a stack trace. */
    static final class Failing {
        private Failing() {}

        public static void main(String... arguments) {
            System.err.println("the folder is full");
            System.err.println("\tat dev.sortline");
            System.exit(3);
        }
    }

    @Test
    void failureTellsTheExitCodeAndTheLastThatTheProcessSaid() {
        // Given
        var process = new JavaProcess("failing", folder, List.of(), Failing.class.getName(), List.of());

        // When
        var output = assertThatThrownBy(() -> process.outputAtEnd(Duration.ofMinutes(1)));

        // Then
        output.isInstanceOf(ProcessFailure.class).hasMessage("failing has ended with exit code 3: the folder is full");
    }

    @Test
    void processEndsByASignalAsAnOrchestratorSendsIt() throws Exception {
        // Given
        try (var process = new JavaProcess("waiting", folder, List.of(), Waiting.class.getName(), List.of())) {
            process.requireAlive();

            // When
            int exitCode = process.stop();

            // Then
            assertThat(exitCode).isEqualTo(128 + 15);
            assertThat(process.alive()).isFalse();
        }
    }
}
