// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.DictionaryEntries;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.stream.LongStream;

class NpyArrayFuzzTest {
    private static final int MOST_CHARACTERS = 500;

    @FuzzTest
    @DictionaryEntries({
        "'descr': '<f4'",
        "'fortran_order': False",
        "'shape': (2, 3)",
        "9223372036854775807",
        "4611686018427387904"
    })
    void isRefusedInOneShortLineOrHasTheNumbersOfItsShape(byte[] file) {
        // When
        NpyArray array;
        try {
            array = NpyArray.read(file);
        } catch (IllegalArgumentException refusal) {
            // Then
            assertThat(refusal.getMessage())
                    .isNotBlank()
                    .hasSizeLessThanOrEqualTo(MOST_CHARACTERS)
                    .doesNotContainPattern("[\\p{Cntrl}\\u0085\\u2028\\u2029]");
            return;
        }

        // Then
        assertThat(LongStream.of(array.shape()).reduce(1, (one, other) -> one * other))
                .isEqualTo(array.values().length);
        assertThat(array.values()).hasSizeLessThanOrEqualTo(file.length);
    }
}
