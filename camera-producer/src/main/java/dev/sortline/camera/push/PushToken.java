// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import dev.sortline.secret.SecretPlace;
import io.javalin.http.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The token that lets senders in, of which only the digest is kept. */
final class PushToken {
    private static final String BEARER = "Bearer ";

    /** Null lets everybody in. */
    private final byte @Nullable [] digest;

    private PushToken(byte @Nullable [] digest) {
        this.digest = digest;
    }

    /**
     * The first line of a file; without one everybody is let in.
     *
     * @throws CannotListenException when there is no token in it
     */
    static PushToken of(@Nullable Path file) {
        if (file == null) {
            return new PushToken(null);
        }
        try {
            String token = SecretPlace.read(file).strip();
            if (!token.isEmpty()) {
                return new PushToken(sha256(token));
            }
        } catch (IOException e) {
            throw new CannotListenException("cannot read push.tokenFile " + file + ": " + e, e);
        }
        throw new CannotListenException("push.tokenFile " + file + " is empty: its first line is the token", null);
    }

    /** Stops who has it not. Takes as long for a wrong one as for the right one. */
    void check(Context request) {
        if (digest == null) {
            return;
        }
        @Nullable String given = request.header("Authorization");
        boolean isBearer = given != null && given.regionMatches(true, 0, BEARER, 0, BEARER.length());
        String token = isBearer ? given.substring(BEARER.length()).strip() : "";
        if (!MessageDigest.isEqual(digest, sha256(token))) {
            Bodies.hangUp(request);
            throw Refusal.NO_TOKEN.because(
                    given == null ? "Send the token as 'Authorization: Bearer'." : "The token is another one.");
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
