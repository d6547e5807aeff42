// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JpegEncoderTest {
    @ParameterizedTest
    @CsvSource({"100, 2", "93, 2", "90, 3", "75, 7", "50, 14", "25, 27", "1, 31"})
    void qualityIsToldAsOtherProgramsTellIt(int quality, int step) {
        // When
        int taken = JpegEncoder.step(quality);

        // Then
        assertThat(taken).isEqualTo(step);
    }
}
