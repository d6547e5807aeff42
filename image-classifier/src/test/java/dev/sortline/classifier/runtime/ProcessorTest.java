// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProcessorTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Milan|flags\t\t: fpu sse2 avx avx2 fma|false|false",
                "Sapphire Rapids|flags : fpu sse2 avx avx512f avx512_bf16 amx_bf16|true|false",
                "Atom|flags : fpu sse2 ssse3|false|true",
                "Graviton 3|Features : fp asimd sve bf16|true|false",
                "Graviton 2|Features : fp asimd|false|false"
            })
    void tellsWhatItCanDo(String name, String cpuinfo, boolean bfloat16, boolean lacksAvx) {
        // When
        Processor processor = Processor.of("processor : 0\n" + cpuinfo + "\nbugs : none\n");

        // Then
        assertThat(processor.hasBfloat16()).isEqualTo(bfloat16);
        assertThat(processor.lacksAvx()).isEqualTo(lacksAvx);
    }

    @Test
    void claimsNothingWhereNobodyTells() {
        // When
        Processor processor = Processor.of("");

        // Then
        assertThat(processor.hasBfloat16()).isFalse();
        assertThat(processor.lacksAvx()).isFalse();
    }
}
