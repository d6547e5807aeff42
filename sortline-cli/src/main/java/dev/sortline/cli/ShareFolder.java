// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import dev.sortline.cli.manual.ManPage;
import dev.sortline.cli.manual.ShellCompletion;
import dev.sortline.process.StopSignal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import picocli.CommandLine;

/** Writes what the archive has under {@code share}; run when the archive is built. */
public final class ShareFolder {
    private ShareFolder() {}

    /**
     * Writes man pages and completion below a folder.
     *
     * @param arguments the folder, which is made where it is missing
     * @throws IOException when a file cannot be written
     */
    public static void main(String... arguments) throws IOException {
        Locale.setDefault(Locale.ROOT);
        write(Path.of(arguments[0]), Main.commandLine(new StopSignal()));
    }

    static void write(Path share, CommandLine sortline) throws IOException {
        for (ManPage page : ManPage.of(sortline)) {
            write(share.resolve("man/man1").resolve(page.name() + ".1"), page.text());
        }
        String name = sortline.getCommandName();
        write(share.resolve("bash-completion/completions").resolve(name), ShellCompletion.bash(sortline));
        write(share.resolve("zsh/site-functions").resolve("_" + name), ShellCompletion.zsh(sortline));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
