// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Who one is at a camera. A password is never an option: others see a command's options. */
final class PasswordOptions {
    @Option(names = "--user", paramLabel = "NAME", description = "User at the camera (default: none).")
    private @Nullable String user;

    @Option(
            names = "--password-file",
            paramLabel = "FILE",
            description = "File whose first line is the password, or env:NAME for an environment variable.")
    private @Nullable Path passwordFile;

    @Nullable String user() {
        return user;
    }

    @Nullable Path file() {
        return passwordFile;
    }
}
