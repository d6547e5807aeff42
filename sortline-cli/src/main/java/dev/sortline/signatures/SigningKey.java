// SPDX-License-Identifier: Apache-2.0
package dev.sortline.signatures;

import dev.sortline.process.CommandFailure;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The private key of who signs. */
public final class SigningKey {
    static final String ALGORITHM = "Ed25519";

    private static final String NEEDED =
            "private Ed25519 key in PEM form without a password: make one with openssl genpkey -algorithm ed25519 -out private.pem";

    private final PrivateKey key;

    private SigningKey(PrivateKey key) {
        this.key = key;
    }

    /**
     * Reads a key, PKCS 8 in PEM form.
     *
     * @throws CommandFailure when it is none; the message shows nothing of it
     */
    public static SigningKey read(Path file) {
        byte[] bytes = PemFile.read(file, "PRIVATE KEY", NEEDED);
        try {
            return new SigningKey(PemFile.ed25519().generatePrivate(new PKCS8EncodedKeySpec(bytes)));
        } catch (InvalidKeySpecException e) {
            throw PemFile.other(file, NEEDED);
        }
    }

    /** The signature as the content of its file: Base64 of its 64 bytes, a line. */
    public String sign(SignedStatement statement) {
        try {
            Signature signature = Signature.getInstance(ALGORITHM);
            signature.initSign(key);
            signature.update(statement.bytes());
            return Base64.getEncoder().encodeToString(signature.sign()) + "\n";
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("an Ed25519 key signs whatever it is given", e);
        }
    }
}
