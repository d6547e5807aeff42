// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file whose first line is a password, so that none stands in the line file. */
public final class PasswordFile {
    private PasswordFile() {}

    /**
     * The password, without the end of its line; empty when nothing stands there.
     *
     * @param file text in UTF-8
     * @throws IOException when it cannot be read
     */
    public static String read(Path file) throws IOException {
        return Files.readString(file).lines().findFirst().orElse("");
    }
}
