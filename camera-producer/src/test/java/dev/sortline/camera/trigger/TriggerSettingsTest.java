// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.trigger;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TriggerSettingsTest {
    @Test
    void intervalThatIsNoneIsRefused() {
        // When
        var made = assertThatThrownBy(() -> new IntervalSettings(0));

        // Then
        made.isInstanceOf(IllegalArgumentException.class).hasMessage("millis is 0: must be from 1 to 3600000");
    }

    @Test
    void shareOfNothingIsRefused() {
        // When
        var made = assertThatThrownBy(() -> new MotionSettings(null, null, 0.0, null));

        // Then
        made.hasMessage("pixelsShare is 0.0: must be above 0 and at most 1");
    }

    @Test
    void thresholdBeyondWhiteIsRefused() {
        // When
        var made = assertThatThrownBy(() -> new ItemSettings(null, 256, null, null, null));

        // Then
        made.hasMessage("threshold is 256: must be from 1 to 255");
    }

    @Test
    void itemWithoutFramesIsRefused() {
        // When
        var made = assertThatThrownBy(() -> new ItemSettings(null, null, null, 0, null));

        // Then
        made.hasMessage("framesPerItem is 0: must be from 1 to 1000");
    }
}
