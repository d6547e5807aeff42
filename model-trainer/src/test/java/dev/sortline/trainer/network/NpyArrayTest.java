// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NpyArrayTest {
    private static final float[] SIX = {1, 2, 3, 4, 5, -6.5f};

    @Test
    void readsShapeAndNumbers() {
        // When
        NpyArray array = NpyArray.read(TinyBackbone.npy(SIX, 2, 3));

        // Then
        assertThat(array.shape()).containsExactly(2, 3);
        assertThat(array.values()).containsExactly(SIX);
    }

    @Test
    void readsASingleNumberWithoutShape() {
        // When
        NpyArray array = NpyArray.read(
                TinyBackbone.npy("{'descr': '<f4', 'fortran_order': False, 'shape': (), }", new float[] {7}));

        // Then
        assertThat(array.shape()).isEmpty();
        assertThat(array.values()).containsExactly(7);
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(
            delimiter = '|',
            value = {
                "{'descr': '<f8', 'fortran_order': False, 'shape': (6,), } | holds <f8",
                "{'descr': '>f4', 'fortran_order': False, 'shape': (6,), } | holds >f4",
                "{'descr': '<f4', 'fortran_order': True, 'shape': (2, 3), } | stored columns first",
                "{'descr': '<f4', 'fortran_order': False, 'shape': (7,), } | has 24 bytes of numbers, its shape [7] needs 28",
                "{'descr': '<f4', 'fortran_order': False, } | has a header without a 'shape' that is understood"
            })
    void refusesWhatItCannotRead(String header, String complaint) {
        // Given
        byte[] file = TinyBackbone.npy(header, SIX);

        // Then
        assertThatThrownBy(() -> NpyArray.read(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(complaint);
    }

    @Test
    void refusesWhatIsNoNpyFile() {
        // Then
        assertThatThrownBy(() -> NpyArray.read("hello, world!".getBytes(StandardCharsets.US_ASCII)))
                .hasMessage("is no .npy file");
    }

    @Test
    void refusesAFileThatEndsInItsHeader() {
        // Given
        byte[] file = Arrays.copyOf(TinyBackbone.npy(SIX, 6), 30);

        // Then
        assertThatThrownBy(() -> NpyArray.read(file)).hasMessage("ends inside its header");
    }
}
