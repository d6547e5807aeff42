// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The digests are those of FIPS 180-2, appendix B. */
class Sha256Test {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "abc, ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq, 248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    })
    void isThatOfTheStandard(String text, String digest) {
        // When
        String given = Sha256.of(text.getBytes(StandardCharsets.US_ASCII));

        // Then
        assertThat(given).isEqualTo(digest);
    }

    @Test
    void isThatOfTheWholeFile() throws IOException {
        // Given
        byte[] millionTimesA = new byte[1_000_000];
        Arrays.fill(millionTimesA, (byte) 'a');
        Path file = Files.write(folder.resolve("a"), millionTimesA);

        // When
        String given = Sha256.of(file);

        // Then
        assertThat(given).isEqualTo("cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }
}
