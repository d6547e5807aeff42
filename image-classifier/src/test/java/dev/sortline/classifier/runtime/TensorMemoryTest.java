// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.types.TFloat32;

class TensorMemoryTest {
    @Test
    void isTheTensorsOwnAndNoMore() {
        // Given
        try (TFloat32 tensor = TFloat32.tensorOf(Shape.of(2, 3), values -> values.setFloat(4, 1, 2))) {

            // When
            FloatBuffer memory = TensorMemory.of(tensor);
            memory.put(0, 7);

            // Then
            assertThat(memory.isDirect()).isTrue();
            assertThat(memory.remaining()).isEqualTo(6);
            assertThat(memory.get(5)).isEqualTo(4);
            assertThat(tensor.getFloat(0, 0)).isEqualTo(7);
        }
    }
}
