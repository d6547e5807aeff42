// SPDX-License-Identifier: Apache-2.0
package dev.sortline.process;

import dev.sortline.trouble.RootCause;
import java.nio.file.NoSuchFileException;
import org.jspecify.annotations.Nullable;

/** A command cannot go on. The message is one line: what, where, what to do. */
public final class CommandFailure extends RuntimeException {
    private final int exitCode;

    private CommandFailure(int exitCode, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    /** What the user wrote cannot be carried out: exit code 2. */
    public static CommandFailure ofConfiguration(String message) {
        return new CommandFailure(2, message, null);
    }

    /** It went wrong while running: exit code 1. */
    public static CommandFailure whileRunning(String message, @Nullable Throwable cause) {
        return new CommandFailure(1, message, cause);
    }

    /** What the innermost cause of a failure says: Kafka's clients wrap theirs several times. */
    public static String rootReason(Throwable failure) {
        Throwable root = RootCause.of(failure);
        // Its message is only the file's name.
        return (root instanceof NoSuchFileException ? "no file " : "") + root.getMessage();
    }

    /** The exit code that the process ends with. */
    public int exitCode() {
        return exitCode;
    }
}
