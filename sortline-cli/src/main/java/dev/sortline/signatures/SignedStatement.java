// SPDX-License-Identifier: Apache-2.0
package dev.sortline.signatures;

import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * What a signature says. It names the kind of thing, so that a signature of one kind is none of another.
 *
 * @param kind what is signed, and its name where the file does not say it
 * @param digest {@code sha256:} and 64 hex digits
 */
public record SignedStatement(String kind, String digest) {
    private static final Pattern DIGEST = Pattern.compile("sha256:[0-9a-f]{64}");

    public SignedStatement {
        if (!DIGEST.matcher(digest).matches()) {
            throw new IllegalArgumentException("digest is '%s': must match %s".formatted(digest, DIGEST));
        }
    }

    /** Of a model package: its manifest says what it is called. */
    public static SignedStatement ofModel(String digest) {
        return new SignedStatement("model package", digest);
    }

    /** Of a sorting plan, which has its name from its file. */
    public static SignedStatement ofPlan(String name, String digest) {
        return new SignedStatement("plan " + name, digest);
    }

    /** The text that is signed, one line with its end. */
    public String text() {
        return "sortline " + kind + " " + digest + "\n";
    }

    byte[] bytes() {
        return text().getBytes(StandardCharsets.UTF_8);
    }
}
