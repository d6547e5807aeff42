// SPDX-License-Identifier: Apache-2.0
package dev.sortline.signatures;

import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The one block of a PEM file. */
final class PemFile {
    /** A key takes three lines; whatever is larger is something else. */
    private static final long MOST_BYTES = 10_000;

    private PemFile() {}

    /**
     * Reads the block.
     *
     * @param label as it stands behind BEGIN
     * @param needed what the file should be, to tell it
     * @throws CommandFailure when there is none; it shows nothing of the file
     */
    static byte[] read(Path file, String label, String needed) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw other(file, needed);
            }
            Matcher block = Pattern.compile(
                            "-----BEGIN " + label + "-----([A-Za-z0-9+/=\\s]*)-----END " + label + "-----")
                    .matcher(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1));
            if (!block.find()) {
                throw other(file, needed);
            }
            return Base64.getMimeDecoder().decode(block.group(1));
        } catch (IllegalArgumentException e) {
            throw other(file, needed);
        } catch (NoSuchFileException e) {
            throw CommandFailure.ofConfiguration("no key file at %s".formatted(file));
        } catch (IOException e) {
            throw CommandFailure.ofConfiguration("cannot read the key file %s: %s".formatted(file, e));
        }
    }

    static CommandFailure other(Path file, String needed) {
        return CommandFailure.ofConfiguration("%s is no %s".formatted(file, needed));
    }

    static KeyFactory ed25519() {
        try {
            return KeyFactory.getInstance(SigningKey.ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has Ed25519", e);
        }
    }
}
