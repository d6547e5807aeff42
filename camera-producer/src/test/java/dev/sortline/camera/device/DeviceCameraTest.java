// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.device;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.camera.ffmpeg.Ffmpeg;
import dev.sortline.camera.ffmpeg.Filmed;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.time.CaptureTime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@EnabledOnOs(OS.LINUX)
class DeviceCameraTest {
    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @TempDir
    private Path folder;

    static boolean devicesCanBeRead() {
        try {
            Ffmpeg.loadDevices();
            return true;
        } catch (CameraFault e) {
            return false;
        }
    }

    @Test
    @EnabledIf(value = "devicesCanBeRead", disabledReason = "libxcb, libasound or libpulse is not installed")
    void deviceThatIsNotThereIsNotFound() {
        // Given
        Path nowhere = folder.resolve("video0");

        // When
        @Nullable CameraFault end = filmedToTheEnd(nowhere);

        // Then
        assertThat(end).isNotNull().hasMessageContaining(nowhere + ": there is no such device");
        assertThat(end.kind()).isEqualTo(CameraFault.Kind.NOT_FOUND);
    }

    @Test
    @EnabledIf(value = "devicesCanBeRead", disabledReason = "libxcb, libasound or libpulse is not installed")
    void whatIsNoCameraIsToldAsSuch() throws Exception {
        // Given
        Path file = Files.createFile(folder.resolve("video0"));

        // When
        @Nullable CameraFault end = filmedToTheEnd(file);

        // Then
        assertThat(end).isNotNull().hasMessageContaining("is no camera");
        assertThat(end.kind()).isEqualTo(CameraFault.Kind.NO_VIDEO);
    }

    @ParameterizedTest
    @CsvSource({
        "-2, NOT_FOUND, there is no such device",
        "-19, NOT_FOUND, there is no such device",
        "-13, REFUSED, add it to the group",
        "-16, REFUSED, another program films with it",
        "-22, CODEC, v4l2-ctl",
        "-5, NO_VIDEO, Input/output error",
    })
    void errorOfTheSystemIsToldInWords(int error, CameraFault.Kind kind, String words) throws Exception {
        // Given
        Path device = Files.createFile(folder.resolve("video0"));

        // When
        CameraFault fault = new DeviceFaults(device).of(error, "", Duration.ZERO);

        // Then
        assertThat(fault).hasMessageStartingWith(device + ": ").hasMessageContaining(words);
        assertThat(fault.kind()).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({"-40, SENSOR, -40", "10, SENSOR, 0", "500, ARRIVAL, 0", "-4000, ARRIVAL, 0"})
    void kernelsTimeIsTakenWhereItCanBe(int stampedMillis, CaptureTime.Basis basis, int takenMillis) {
        // Given
        var clock = new KernelClock(Duration.ofMillis(33));

        // When
        CaptureTime captured = clock.captured(NOON, NOON.plusMillis(stampedMillis));

        // Then
        assertThat(captured.basis()).isEqualTo(basis);
        assertThat(captured.at()).isEqualTo(NOON.plusMillis(takenMillis));
    }

    @Test
    void sizeIsAskedForWholeOrNotAtAll() {
        // When
        var made = assertThatThrownBy(() -> new DeviceSettings(Path.of("/dev/video0"), 640, null, null, null));

        // Then
        made.hasMessage("width is 640 and height is null: set both, or neither");
    }

    private static @Nullable CameraFault filmedToTheEnd(Path device) {
        var settings = new DeviceSettings(device, null, null, null, null);
        try (Filmed filmed = Filmed.by(settings.open(InstantSource.system()))) {
            return filmed.end();
        }
    }
}
