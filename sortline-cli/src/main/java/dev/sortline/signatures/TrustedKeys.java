// SPDX-License-Identifier: Apache-2.0
package dev.sortline.signatures;

import dev.sortline.process.CommandFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.X509EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * The public keys of those who may sign. Without any nothing is asked of signatures. With some a signature that is there must be of one of
 * them, and one must be there where that is required. Immutable.
 */
public final class TrustedKeys {
    /** Nobody's: whatever is there is taken. */
    public static final TrustedKeys NONE = new TrustedKeys(List.of(), false);

    private static final String NEEDED =
            "public Ed25519 key in PEM form: make it with openssl pkey -in private.pem -pubout -out public.pem";

    /** More is no signature of ours. */
    private static final long MOST_BYTES = 1_000;

    private final List<PublicKey> keys;
    private final boolean required;

    private TrustedKeys(List<PublicKey> keys, boolean required) {
        this.keys = List.copyOf(keys);
        this.required = required;
    }

    /**
     * Reads keys, each X.509 in PEM form.
     *
     * @param required whether what is not signed is refused
     * @throws CommandFailure naming the first file that is no such key
     */
    public static TrustedKeys read(List<Path> files, boolean required) {
        List<PublicKey> keys = new ArrayList<>();
        for (Path file : files) {
            try {
                keys.add(PemFile.ed25519()
                        .generatePublic(new X509EncodedKeySpec(PemFile.read(file, "PUBLIC KEY", NEEDED))));
            } catch (InvalidKeySpecException e) {
                throw PemFile.other(file, NEEDED);
            }
        }
        return new TrustedKeys(keys, required);
    }

    /** Whether anything is asked of signatures. */
    public boolean areAsked() {
        return !keys.isEmpty();
    }

    /**
     * Checks that something may be used.
     *
     * @param what it is called, to tell it
     * @param file where its signature would be
     * @throws BadSignatureException when it is signed by nobody who is trusted, or not at all where it must be
     */
    public void check(String what, SignedStatement statement, Path file) throws BadSignatureException {
        if (!areAsked()) {
            return;
        }
        byte[] signature;
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new BadSignatureException("%s is no signature: sign %s again".formatted(file, what));
            }
            signature = Base64.getMimeDecoder()
                    .decode(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).strip());
        } catch (NoSuchFileException e) {
            if (required) {
                throw new BadSignatureException(
                        "%s is not signed: there is no %s, and signatures.require is true".formatted(what, file));
            }
            return;
        } catch (IllegalArgumentException e) {
            throw new BadSignatureException("%s is no signature: sign %s again".formatted(file, what));
        } catch (IOException e) {
            throw new BadSignatureException("cannot read %s: %s".formatted(file, e));
        }
        if (keys.stream().noneMatch(key -> fits(key, statement, signature))) {
            throw new BadSignatureException(
                    "%s does not fit: %s was changed after it was signed, or no key under signatures.keys signed it"
                            .formatted(file, what));
        }
    }

    private static boolean fits(PublicKey key, SignedStatement statement, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance(SigningKey.ALGORITHM);
            signature.initVerify(key);
            signature.update(statement.bytes());
            return signature.verify(bytes);
        } catch (GeneralSecurityException e) {
            // Of another length, or no point of the curve.
            return false;
        }
    }
}
