// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.push;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sortline.camera.Frames;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PushSettingsTest {
    @TempDir
    private Path folder;

    @Test
    void withoutAnySettingOnlyThisMachineIsListenedTo() {
        // When
        var settings = PushSettings.DEFAULT;

        // Then
        assertThat(settings.addressOrDefault()).isEqualTo("127.0.0.1");
        assertThat(settings.portOrDefault()).isEqualTo(8095);
    }

    @ParameterizedTest
    @CsvSource({"70000, , port is 70000", "-1, , port is -1", "0, ' ', address is blank"})
    void settingThatCannotBeIsRefused(int port, String address, String why) {
        // When
        Throwable refusal = catchThrowable(() -> new PushSettings(port, address, null));

        // Then
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(why);
    }

    @Test
    void othersMayReachItWhereThereIsAToken() {
        // When
        var settings = new PushSettings(0, "0.0.0.0", Path.of("token")).startingAt(Path.of("/etc/sortline"));

        // Then
        assertThat(settings.tokenFile()).isEqualTo(Path.of("/etc/sortline/token"));
    }

    @Test
    void othersMayNotReachItWithoutOne() {
        // Given
        var settings = new PushSettings(0, "0.0.0.0", null);

        // When
        Throwable failure = catchThrowable(() -> PushServer.start(
                settings,
                Set.of(Frames.CAMERA),
                frame -> Optional.empty(),
                TriggerCall.NOBODY,
                InstantSource.system()));

        // Then
        assertThat(failure)
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("push.address is '0.0.0.0', which others can reach");
    }

    @Test
    void tokenThatIsNotThereIsToldAtTheStart() {
        // Given
        var settings = new PushSettings(0, null, folder.resolve("token"));

        // When
        Throwable failure = catchThrowable(() -> PushServer.start(
                settings,
                Set.of(Frames.CAMERA),
                frame -> Optional.empty(),
                TriggerCall.NOBODY,
                InstantSource.system()));

        // Then
        assertThat(failure)
                .isInstanceOf(CannotListenException.class)
                .hasMessageContaining("cannot read push.tokenFile " + folder.resolve("token"));
    }
}
