// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.driver;

import dev.sortline.secret.SecretPlace;
import java.io.IOException;
import java.nio.file.Path;

/** A file whose first line is a password, or an environment variable, so that none stands in the line file. */
public final class PasswordFile {
    private PasswordFile() {}

    /**
     * The password, without the end of its line; empty when nothing stands there.
     *
     * @param file text in UTF-8, or {@code env:NAME}: {@link SecretPlace}
     * @throws IOException when it cannot be read, or there is no such variable
     */
    public static String read(Path file) throws IOException {
        return SecretPlace.read(file);
    }
}
