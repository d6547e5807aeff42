// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.genicam;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class GenicamSettingsTest {
    @Test
    void valuesOutOfBoundsAreRefusedWithTheirValue() {
        // When / Then
        assertThatThrownBy(() -> new GenicamSettings(null, "Mono12", null, null, null, null))
                .hasMessageStartingWith("pixelFormat is 'Mono12': must be Mono8");
        assertThatThrownBy(() -> new GenicamSettings(null, null, 0, null, null, null))
                .hasMessage("quality is 0: must be from 1 to 100");
        assertThatThrownBy(() -> new GenicamSettings(null, null, null, "Line 1", null, null))
                .hasMessageStartingWith("triggerSource is 'Line 1'");
        assertThatThrownBy(() -> new GenicamSettings(null, null, null, null, 5, null))
                .hasMessageStartingWith("silentAfterMillis is 5");
        assertThatThrownBy(() -> new GenicamSettings(null, null, null, null, null, -1))
                .hasMessageStartingWith("delayMillis is -1");
    }

    @Test
    void placeTellsTheAddressWhereThereIsOne() {
        // When / Then
        assertThat(new GenicamSettings("10.0.0.7", null, null, null, null, null).place())
                .isEqualTo("GenICam camera 10.0.0.7");
        assertThat(new GenicamSettings(null, null, null, null, null, null).place())
                .isEqualTo("the only GenICam camera");
    }
}
