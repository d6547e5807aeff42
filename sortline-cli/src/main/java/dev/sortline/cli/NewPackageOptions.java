// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a command puts the model package that it makes, and what it is called. */
final class NewPackageOptions {
    @Option(
            names = "--out",
            paramLabel = "PACKAGE",
            required = true,
            description = "Where the model package goes; a package that is there already is replaced.")
    private Path out;

    @Option(
            names = "--name",
            paramLabel = "NAME",
            description = "The model's name (default: that of the package's folder).")
    private @Nullable String name;

    @Option(
            names = "--version",
            paramLabel = "VERSION",
            defaultValue = "1.0.0",
            description = "The model's version (default: ${DEFAULT-VALUE}).")
    private String version;

    // Picocli's standard options come all or none, and their --version is not this one.
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help message and exit.")
    @SuppressWarnings("UnusedVariable") // picocli itself looks at it
    private boolean help;

    Path out() {
        return out;
    }

    String name() {
        return name != null
                ? name
                : String.valueOf(out.toAbsolutePath().normalize().getFileName());
    }

    String version() {
        return version;
    }
}
