// SPDX-License-Identifier: Apache-2.0
package dev.sortline.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Where a password stands: in the first line of a file, or in an environment variable, which is written {@code env:NAME} in the file's
 * place. It is read each time that it is needed and kept nowhere. Safe for use by any thread.
 */
public final class SecretPlace {
    private static final String VARIABLE = "env:";

    private SecretPlace() {}

    /**
     * The password, without the end of its line; empty when nothing stands there.
     *
     * @param place a file, text in UTF-8; or {@code env:} and a variable's name, in whichever folder, for relative paths were put
     *     into theirs
     * @throws IOException when the file cannot be read, or there is no such variable; its message names it, and never what stands there
     */
    public static String read(Path place) throws IOException {
        return read(place, System.getenv());
    }

    static String read(Path place, Map<String, String> environment) throws IOException {
        Path last = place.getFileName();
        String name = last == null ? "" : last.toString();
        String text;
        if (name.startsWith(VARIABLE)) {
            text = environment.get(name.substring(VARIABLE.length()));
            if (text == null) {
                throw new IOException("there is no environment variable " + name.substring(VARIABLE.length()));
            }
        } else {
            text = Files.readString(place);
        }
        return text.lines().findFirst().orElse("");
    }
}
