// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CameraKindTest {
    @ParameterizedTest
    @CsvSource({
        "http://10.0.0.5/video.mjpg, MJPEG",
        "HTTPS://camera.local/, MJPEG",
        "rtsp://10.0.0.5:554/stream1, RTSP",
        "rtsps://camera/, RTSP",
        "/dev/video0, DEVICE",
        "/dev/v4l/by-id/usb-camera, DEVICE",
        "192.168.1.10, GENICAM",
        "fe80::1, GENICAM",
        "genicam:Basler-21876543, GENICAM",
        "genicam:, GENICAM",
    })
    void kindIsToldByWhereTheCameraIs(String place, CameraKind kind) {
        // When
        Optional<CameraKind> guessed = CameraKind.guess(place);

        // Then
        assertThat(guessed).contains(kind);
    }

    @ParameterizedTest
    @ValueSource(strings = {"camera", "ftp://10.0.0.5/", "10.0.0.5:554", "video0", ""})
    void ofAnythingElseNothingIsGuessed(String place) {
        // When
        Optional<CameraKind> guessed = CameraKind.guess(place);

        // Then
        assertThat(guessed).isEmpty();
    }

    @Test
    void idOfAGenicamCameraIsWhatFollowsItsKind() {
        // When
        var settings = CameraKind.GENICAM.settings("genicam:Basler-21876543", null, null);

        // Then
        assertThat(settings.place()).isEqualTo("GenICam camera Basler-21876543");
    }

    @Test
    void deviceKnowsNoUsers() {
        assertThatThrownBy(() -> CameraKind.DEVICE.settings("/dev/video0", "anna", null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("user is 'anna' and passwordFile is null: a camera of type device knows no users");
    }
}
