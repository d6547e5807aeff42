// SPDX-License-Identifier: Apache-2.0
package dev.sortline.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Writes the SHA-256 of the archive beside it, as {@code sha256sum --check} reads it; run when the archive is built. */
public final class ArchiveChecksum {
    private ArchiveChecksum() {}

    /**
     * Writes {@code FILE.sha256}.
     *
     * @param arguments the file
     * @throws IOException when it cannot be read, or the other not be written
     */
    public static void main(String... arguments) throws IOException {
        Path archive = Path.of(arguments[0]);
        Files.writeString(
                archive.resolveSibling(archive.getFileName() + ".sha256"),
                sha256(archive) + "  " + archive.getFileName() + "\n");
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream bytes = Files.newInputStream(file)) {
            var digest = MessageDigest.getInstance("SHA-256");
            new DigestInputStream(bytes, digest).transferTo(OutputStream.nullOutputStream());
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
