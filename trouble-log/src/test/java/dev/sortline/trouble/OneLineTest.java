// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trouble;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OneLineTest {
    @Test
    void shortTextStaysAsItIs() {
        // Given
        String text = "größer als 5 MiB 😀";

        // When
        String line = OneLine.of(text, 40);

        // Then
        assertThat(line).isEqualTo(text);
    }

    @Test
    void longTextIsCutAndItsLengthTold() {
        // Given
        String text = "x".repeat(3 << 20);

        // When
        String line = OneLine.of(text, 40);

        // Then
        assertThat(line).hasSize(40).startsWith("xxx").endsWith("x… (3145728 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u0000", "\u001B[2J", "\u007F", "\u0085", "\u202E", "\u2028", "\uD83D", "\uFEFF"})
    void whatAConsoleWouldObeyBecomesHarmless(String harmful) {
        // Given
        String text = "a" + harmful + "b";

        // When
        String line = OneLine.of(text, 40);

        // Then
        assertThat(line).startsWith("a\uFFFD").endsWith("b");
    }

    @Test
    void severalLinesBecomeOne() {
        // Given
        String text = "one\ntwo\r\nthree";

        // When
        String line = OneLine.of(text, 40);

        // Then
        assertThat(line).isEqualTo("one two  three");
    }

    @Test
    void noCharacterIsCutInHalf() {
        // Given
        String text = "😀".repeat(100);

        // When
        String line = OneLine.of(text, 41);

        // Then
        assertThat(line).hasSizeLessThanOrEqualTo(41).contains("😀").doesNotContain("\uD83D…");
    }
}
