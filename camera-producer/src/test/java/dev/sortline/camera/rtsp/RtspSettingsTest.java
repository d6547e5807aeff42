// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtspSettingsTest {
    @ParameterizedTest
    @ValueSource(strings = {"http://camera/x", "rtsp:///x", "camera", "rtsp://a b/", "file:///etc/passwd", "rtsp://"})
    void urlOfNoRtspCameraIsRefused(String url) {
        // When
        var made = assertThatThrownBy(() -> new RtspSettings(url, null, null, null, null, null));

        // Then
        made.hasMessage("url is '%s': must be rtsp://host/path or rtsps://host/path", url);
    }

    @Test
    void passwordInTheUrlIsRefusedAndNotShown() {
        // When
        var made =
                assertThatThrownBy(() -> new RtspSettings("rtsp://op:s3cret@camera/x", null, null, null, null, null));

        // Then
        made.hasMessageContaining("user and passwordFile").hasMessageNotContaining("s3cret");
    }

    @Test
    void passwordWithoutAUserIsRefused() {
        // When
        var made = assertThatThrownBy(
                () -> new RtspSettings("rtsp://camera/x", null, Path.of("secret"), null, null, null));

        // Then
        made.hasMessage("passwordFile is secret: needs a user");
    }

    @Test
    void valuesOutsideTheirBoundsAreRefused() {
        // When
        var silent = assertThatThrownBy(() -> new RtspSettings("rtsp://camera/x", null, null, 99, null, null));
        var quality = assertThatThrownBy(() -> new RtspSettings("rtsp://camera/x", null, null, null, 0, null));
        var delay = assertThatThrownBy(() -> new RtspSettings("rtsp://camera/x", null, null, null, null, -1));

        // Then
        silent.hasMessage("silentAfterMillis is 99: must be from 100 to 600000");
        quality.hasMessage("quality is 0: must be from 1 to 100");
        delay.hasMessage("delayMillis is -1: must be from 0 to 10000");
    }

    @Test
    void passwordFileStartsAtTheLineFilesFolder() {
        // Given
        var settings = new RtspSettings("rtsp://camera/x", "op", Path.of("secret"), null, null, null);

        // When
        var there = (RtspSettings) settings.startingAt(Path.of("lines"));

        // Then
        assertThat(there.passwordFile()).isEqualTo(Path.of("lines", "secret"));
        assertThat(there.place()).isEqualTo("rtsp://camera/x");
    }
}
