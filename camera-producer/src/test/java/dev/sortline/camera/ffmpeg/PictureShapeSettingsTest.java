// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.ffmpeg;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureShapeSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "15, , , maxEdge is 15: must be from 16 to 16384",
        ", 0, , quality is 0: must be from 1 to 100",
        ", 101, , quality is 101: must be from 1 to 100",
        ", , 45, 'rotate is 45: must be 0, 90, 180 or 270'",
        ", , 360, 'rotate is 360: must be 0, 90, 180 or 270'",
    })
    void nonsenseIsRefusedWithItsValue(Integer maxEdge, Integer quality, Integer rotate, String message) {
        // When
        var made = assertThatThrownBy(() -> new PictureShapeSettings(maxEdge, quality, null, rotate));

        // Then
        made.isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }
}
