// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import dev.sortline.secret.SecretPlace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The passwords that let people look and review. Only their digests are kept. Safe for use by several threads. */
public final class Passwords {
    private final byte @Nullable [] viewer;
    private final byte @Nullable [] operator;

    private Passwords(byte @Nullable [] viewer, byte @Nullable [] operator) {
        this.viewer = viewer;
        this.operator = operator;
    }

    /**
     * Reads the first line of each file.
     *
     * @param viewer lets people look and try; without one everybody may
     * @param operator lets people also review; without one everybody may who may look
     * @throws CannotServeException when a file cannot be read, or has no first line
     */
    public static Passwords of(Optional<Path> viewer, Optional<Path> operator) {
        return new Passwords(
                viewer.map(Passwords::digestOfFirstLine).orElse(null),
                operator.map(Passwords::digestOfFirstLine).orElse(null));
    }

    /** The first line of a password file, or an environment variable: {@link SecretPlace}. */
    static String firstLine(Path file) {
        try {
            String password = SecretPlace.read(file);
            if (!password.isBlank()) {
                return password;
            }
        } catch (IOException e) {
            throw new CannotServeException("cannot read the password file " + file + ": " + e, e);
        }
        throw new CannotServeException("the password file " + file + " is empty: its first line is the password");
    }

    /** What somebody may do without any. */
    public Role withoutOne() {
        if (viewer != null) {
            return Role.ANYONE;
        }
        return operator == null ? Role.OPERATOR : Role.VIEWER;
    }

    /** Whether there is any. */
    public boolean any() {
        return viewer != null || operator != null;
    }

    /** What somebody may do who gives one; empty when it is neither. Takes as long for a wrong one as for a right one. */
    public Optional<Role> roleOf(String given) {
        byte[] digest = digest(given);
        boolean isOperator = MessageDigest.isEqual(digest, operator == null ? new byte[0] : operator);
        boolean isViewer = MessageDigest.isEqual(digest, viewer == null ? new byte[0] : viewer);
        if (isOperator || (isViewer && operator == null)) {
            return Optional.of(Role.OPERATOR);
        }
        return isViewer ? Optional.of(Role.VIEWER) : Optional.empty();
    }

    private static byte[] digestOfFirstLine(Path file) {
        return digest(firstLine(file));
    }

    private static byte[] digest(String password) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(password.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
