// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.gate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class GateSettingsTest {
    @Test
    void singleCamerasMayDiffer() {
        // Given
        var settings = new GateSettings(GateMode.OFF, Map.of("line-1", Map.of("camera-1", GateMode.ON)));

        // When
        GateMode named = settings.modeOf("line-1", "camera-1");

        // Then
        assertThat(named).isEqualTo(GateMode.ON);
        assertThat(settings.modeOf("line-1", "camera-2")).isEqualTo(GateMode.OFF);
        assertThat(settings.modeOf("line-2", "camera-1")).isEqualTo(GateMode.OFF);
    }

    @Test
    void gateOnlyCountsUnlessItIsTurnedOn() {
        // When
        GateMode usual = GateSettings.DEFAULT.modeOf("line-1", "camera-1");

        // Then
        assertThat(usual).isEqualTo(GateMode.SHADOW);
    }
}
