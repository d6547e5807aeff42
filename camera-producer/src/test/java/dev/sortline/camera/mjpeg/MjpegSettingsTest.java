// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MjpegSettingsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://camera/",
                "https://10.0.0.7:8443/axis-cgi/mjpg/video.cgi?resolution=1280x720&fps=30",
                "http://[fe80::1]:81/stream",
                "http://camera?action=stream",
                "http://camera/a@b"
            })
    void urlOfACameraIsTaken(String url) {
        // When
        var settings = MjpegSettings.at(url);

        // Then
        assertThat(settings.address()).hasToString(url);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    rtsp://camera/           | must begin with http:// or https://
                    camera/video             | must begin with http:// or https://
                    http:///video            | and a host, without blanks and #
                    http://camera:99999/     | host or port cannot be
                    http://camera/{1}        | at character 15
                    http://camera/video#t=1  | and a host, without blanks and #
                    """)
    void urlThatCannotBeIsRefused(String url, String why) {
        // When
        Throwable refusal = catchThrowable(() -> MjpegSettings.at(url));

        // Then
        assertThat(refusal)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(url)
                .hasMessageContaining(why);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://root:geheim@camera/",
                "http://geheim@camera:80",
                "https://a:ge@heim@camera/?x",
                "geheim@camera"
            })
    void urlWithAPasswordIsRefusedWithoutShowingIt(String url) {
        // When
        Throwable refusal = catchThrowable(() -> MjpegSettings.at(url));

        // Then
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        assertThat(refusal.getMessage()).doesNotContain("heim").contains("set user and passwordFile");
    }

    @Test
    void whatFollowsTheQuestionMarkIsShownNowhere() {
        // Given
        var settings = MjpegSettings.at("http://camera/video.cgi?usr=root&pwd=geheim");

        // When
        String shown = settings + settings.place();

        // Then
        assertThat(shown).doesNotContain("geheim").contains("http://camera/video.cgi");
    }

    @Test
    void userAndPasswordGoTogether() {
        // When
        Throwable refusal =
                catchThrowable(() -> new MjpegSettings("http://camera/", "root", null, null, null, null, null));

        // Then
        assertThat(refusal).hasMessage("user is 'root': needs a passwordFile");
    }

    @ParameterizedTest
    @CsvSource({"99, 0, 100", "3600001, 0, 100", "5000, -1, 100", "5000, 60001, 100", "5000, 0, 0"})
    void timeOutOfBoundsIsRefused(long silentAfter, long delay, long snapshot) {
        // When
        Throwable refusal = catchThrowable(
                () -> new MjpegSettings("http://camera/", null, null, null, silentAfter, delay, snapshot));

        // Then
        assertThat(refusal).isInstanceOf(IllegalArgumentException.class).hasMessageContaining("must be from");
    }

    @Test
    void pathsStartAtTheLineFilesFolder() {
        // Given
        var settings = new MjpegSettings(
                "https://camera/",
                "root",
                Path.of("camera.password"),
                new MjpegSettings.Tls(Path.of("camera.pem")),
                null,
                null,
                null);

        // When
        var started = (MjpegSettings) settings.startingAt(Path.of("/etc/sortline"));

        // Then
        assertThat(started.passwordFile()).isEqualTo(Path.of("/etc/sortline/camera.password"));
        assertThat(started.tls()).isEqualTo(new MjpegSettings.Tls(Path.of("/etc/sortline/camera.pem")));
    }
}
