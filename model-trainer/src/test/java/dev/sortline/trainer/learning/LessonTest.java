// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class LessonTest {

    @Test
    void softensToTheRootsOfTheProbabilities() {
        // When
        float[] softened = Lesson.softened(new float[] {0.64f, 0.36f, 0});

        // Then
        assertThat(softened).containsExactly(new float[] {0.8f / 1.4f, 0.6f / 1.4f, 0}, within(1e-6f));
    }
}
