// SPDX-License-Identifier: Apache-2.0
package dev.sortline.signatures;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedKeysTest {
    private static final SignedStatement MODEL = SignedStatement.ofModel("sha256:" + "a".repeat(64));

    @TempDir
    private Path folder;

    private Path signature;
    private KeyFiles ours;

    @BeforeEach
    void start() throws IOException {
        signature = folder.resolve("signature");
        ours = KeyFiles.make(folder, "ours");
    }

    @Test
    void signatureOfATrustedKeyIsTaken() throws IOException {
        // Given
        var others = KeyFiles.make(folder, "others");
        Files.writeString(signature, SigningKey.read(ours.secret()).sign(MODEL));
        var trusted = TrustedKeys.read(List.of(others.shown(), ours.shown()), true);

        // When
        var checking = assertThatCode(() -> trusted.check("model m", MODEL, signature));

        // Then
        checking.doesNotThrowAnyException();
    }

    @Test
    void signatureOfAnotherKeyIsRefusedAlsoWhereNoneIsRequired() throws IOException {
        // Given
        var others = KeyFiles.make(folder, "others");
        Files.writeString(signature, SigningKey.read(others.secret()).sign(MODEL));
        var trusted = TrustedKeys.read(List.of(ours.shown()), false);

        // When
        var checking = assertThatThrownBy(() -> trusted.check("model m", MODEL, signature));

        // Then
        checking.isInstanceOf(BadSignatureException.class)
                .hasMessage(signature + " does not fit: model m was changed after it was signed, or no key under"
                        + " signatures.keys signed it");
    }

    @Test
    void signatureOfSomethingElseIsRefused() throws IOException {
        // Given
        Files.writeString(signature, SigningKey.read(ours.secret()).sign(SignedStatement.ofPlan("p", MODEL.digest())));
        var trusted = TrustedKeys.read(List.of(ours.shown()), false);

        // When
        var checking = assertThatThrownBy(() -> trusted.check("model m", MODEL, signature));

        // Then
        checking.isInstanceOf(BadSignatureException.class).hasMessageContaining("does not fit");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no base 64: %", "AAAA", "\u0000\u0001"})
    void whatIsNoSignatureIsRefused(String text) throws IOException {
        // Given
        Files.writeString(signature, text);
        var trusted = TrustedKeys.read(List.of(ours.shown()), false);

        // When
        var checking = assertThatThrownBy(() -> trusted.check("model m", MODEL, signature));

        // Then
        checking.isInstanceOf(BadSignatureException.class);
    }

    @Test
    void refusingWhatIsNotSignedIsASetting() {
        // Given
        var required = TrustedKeys.read(List.of(ours.shown()), true);
        var optional = TrustedKeys.read(List.of(ours.shown()), false);

        // When
        var checking = assertThatThrownBy(() -> required.check("model m", MODEL, signature));

        // Then
        checking.hasMessage("model m is not signed: there is no %s, and signatures.require is true", signature);
        assertThatCode(() -> optional.check("model m", MODEL, signature)).doesNotThrowAnyException();
    }

    @Test
    void withoutKeysNothingIsAskedOfSignatures() throws IOException {
        // Given
        Files.writeString(signature, "anything");

        // When
        var checking = assertThatCode(() -> TrustedKeys.NONE.check("model m", MODEL, signature));

        // Then
        checking.doesNotThrowAnyException();
    }

    @Test
    void signatureAndKeyOfOpensslAreTaken() throws IOException {
        // Given: openssl pkey -in private.pem -pubout; openssl pkeyutl -sign -rawin -inkey private.pem -in statement |
        // base64
        Path shown = Files.writeString(
                folder.resolve("public.pem"),
                """
                -----BEGIN PUBLIC KEY-----
                MCowBQYDK2VwAyEA43/duzDb6LAP/zy+NvmH0Z9rgE/dxDXXG4Nm+GB7cWY=
                -----END PUBLIC KEY-----
                """);
        Files.writeString(
                signature,
                "ylS2gwISxHhvDFjid0LhF59NBN8cyXKZoGeTBo1ERLSH" + "nOE0dRCd4+s9xv5dMXBKfkef4/Bwn30HIl57fD4tBA==");
        var trusted = TrustedKeys.read(List.of(shown), true);

        // When
        var checking = assertThatCode(() -> trusted.check("model m", MODEL, signature));

        // Then
        checking.doesNotThrowAnyException();
    }

    @Test
    void fileThatIsNoKeyIsToldWithoutWhatIsInIt() throws IOException {
        // Given
        Path wrong = Files.writeString(folder.resolve("wrong.pem"), "secret of somebody");

        // When
        var reading = assertThatThrownBy(() -> SigningKey.read(wrong));

        // Then
        reading.hasMessageStartingWith(wrong + " is no private Ed25519 key in PEM form")
                .hasMessageNotContaining("secret of");
        assertThatThrownBy(() -> TrustedKeys.read(List.of(ours.secret()), true))
                .hasMessageContaining(" is no public Ed25519 key in PEM form");
    }
}
