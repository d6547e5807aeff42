// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sortline.camera.publishing.LineCamera;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaySettingsTest {
    @ParameterizedTest
    @ValueSource(doubles = {0, -1, 1000.5, Double.NaN, Double.POSITIVE_INFINITY})
    void impossibleRateIsRefusedWithItsValue(double framesPerSecond) {
        // Given
        boolean loop = true;

        // When
        var refusal = catchThrowable(() -> new ReplaySettings(framesPerSecond, loop));

        // Then
        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("framesPerSecond is %s: must be above 0 and at most 1000", framesPerSecond);
    }

    @Test
    void cameraWithAnIdThatTheContractForbidsIsRefused() {
        // Given
        var lineId = "line 1";

        // When
        var refusal = catchThrowable(() -> new LineCamera(lineId, "camera-1"));

        // Then
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("lineId is 'line 1'");
    }
}
