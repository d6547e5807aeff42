// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.source;

import dev.sortline.secret.SecretPlace;
import java.io.IOException;
import java.nio.file.Path;

/** A file whose first line is a camera's password, or an environment variable, so that none stands in the line file. */
public final class PasswordFile {
    private PasswordFile() {}

    /**
     * The password, without the end of its line. Read anew for each connection, so that a new password needs no restart.
     *
     * @param file text in UTF-8, or {@code env:NAME}: {@link SecretPlace}
     * @throws CameraFault when it cannot be read, or nothing stands there
     */
    public static String read(Path file) throws CameraFault {
        String password;
        try {
            password = SecretPlace.read(file);
        } catch (IOException e) {
            throw new CameraFault(CameraFault.Kind.REFUSED, "cannot read the password file " + file + ": " + e, e);
        }
        if (password.isEmpty()) {
            throw new CameraFault(
                    CameraFault.Kind.REFUSED,
                    "the password file " + file + " is empty: its first line is the password");
        }
        return password;
    }
}
