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
                "Milan|flags\t\t: fpu sse2 avx avx2 fma|false|false|false",
                "Sapphire Rapids|flags : fpu sse2 avx avx512f avx512_bf16 avx512_vnni amx_bf16|true|true|false",
                "Atom|flags : fpu sse2 ssse3|false|false|true",
                "Graviton 3|Features : fp asimd asimddp sve bf16|true|true|false",
                "Cortex-A72|Features : fp asimd|false|false|false"
            })
    void tellsWhatItCanDo(String name, String cpuinfo, boolean bfloat16, boolean int8, boolean lacksAvx) {
        // When
        Processor processor = Processor.of("processor : 0\n" + cpuinfo + "\nbugs : none\n");

        // Then
        assertThat(processor.hasBfloat16()).isEqualTo(bfloat16);
        assertThat(processor.hasInt8()).isEqualTo(int8);
        assertThat(processor.lacksAvx()).isEqualTo(lacksAvx);
    }

    @Test
    void hasTheNameThatItsMakerGaveIt() {
        // When
        Processor processor =
                Processor.of("model\t\t: 17\nmodel name\t: AMD EPYC\nflags\t: sse2\nmodel name\t: AMD EPYC\n");

        // Then
        assertThat(processor.name()).isEqualTo("AMD EPYC");
    }

    @Test
    void claimsNothingWhereNobodyTells() {
        // When
        Processor processor = Processor.of("");

        // Then
        assertThat(processor.hasBfloat16()).isFalse();
        assertThat(processor.hasInt8()).isFalse();
        assertThat(processor.lacksAvx()).isFalse();
    }
}
