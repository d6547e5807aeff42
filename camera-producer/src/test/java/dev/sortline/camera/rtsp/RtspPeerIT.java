// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.rtsp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.sortline.camera.ffmpeg.Filmed;
import dev.sortline.camera.source.CameraFault;
import dev.sortline.camera.source.CameraSource;
import dev.sortline.loopback.LoopbackPort;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import javax.imageio.ImageIO;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against GStreamer's server, as network cameras run it. */
@Timeout(120)
@EnabledIf(
        value = "dev.sortline.camera.rtsp.GstRtspServer#isInstalled",
        disabledReason = "GStreamer's RTSP server for Python is not installed (gir1.2-gst-rtsp-server-1.0)")
class RtspPeerIT {
    private static final Duration LONG = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"h264, h264", "h265, hevc", "mjpeg, mjpeg"})
    void picturesOfEachCodecComeWhole(String codec, String name) throws Exception {
        // Given
        try (GstRtspServer server = GstRtspServer.at(LoopbackPort.free())) {
            assumeThat(server.serves(codec))
                    .as("GStreamer has an encoder of " + codec)
                    .isTrue();

            // When
            try (Filmed filmed = Filmed.by(camera(server.url(codec)))) {
                await().atMost(LONG).until(() -> filmed.pictures().size() >= 20 || filmed.hasEnded());

                // Then
                assertThat(filmed.pictures()).hasSizeGreaterThanOrEqualTo(20).allSatisfy(picture -> {
                    var image = ImageIO.read(new ByteArrayInputStream(picture.bytes()));
                    assertThat(image.getWidth()).isEqualTo(640);
                    assertThat(image.getHeight()).isEqualTo(360);
                });
                assertThat(filmed.formats()).singleElement().satisfies(format -> assertThat(format.codec())
                        .isEqualTo(name));
            }
        }
    }

    @Test
    void passwordOfAnyCharactersOpensTheCamera() throws Exception {
        // Given
        String password = "p@:/%w ?#ü";
        try (GstRtspServer server = GstRtspServer.at(LoopbackPort.free(), "op er", password)) {
            var settings = new RtspSettings(
                    server.url("mjpeg"),
                    "op er",
                    Files.writeString(folder.resolve("secret"), password),
                    20_000,
                    null,
                    null);

            // When
            try (Filmed filmed = Filmed.by(settings.open(InstantSource.system()))) {
                await().atMost(LONG).until(() -> !filmed.pictures().isEmpty() || filmed.hasEnded());

                // Then
                assertThat(filmed.pictures()).isNotEmpty();
            }
        }
    }

    @Test
    void wrongPasswordIsRefused() throws Exception {
        // Given
        try (GstRtspServer server = GstRtspServer.at(LoopbackPort.free(), "operator", "right")) {
            var settings = new RtspSettings(
                    server.url("mjpeg"),
                    "operator",
                    Files.writeString(folder.resolve("secret"), "wrong"),
                    20_000,
                    null,
                    null);

            // When
            try (Filmed filmed = Filmed.by(settings.open(InstantSource.system()))) {
                @Nullable CameraFault end = filmed.end();

                // Then
                assertThat(end).isNotNull().hasMessage(server.url("mjpeg") + ": refuses user or password");
                assertThat(end.kind()).isEqualTo(CameraFault.Kind.REFUSED);
            }
        }
    }

    @Test
    void streamThatIsNotThereIsNotFound() throws Exception {
        // Given
        try (GstRtspServer server = GstRtspServer.at(LoopbackPort.free());
                Filmed filmed = Filmed.by(camera(server.url("nothing")))) {

            // When
            @Nullable CameraFault end = filmed.end();

            // Then
            assertThat(end).isNotNull();
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.NOT_FOUND);
        }
    }

    @Test
    void serverThatIsKilledAndComesBackIsFilmedAgain() throws Exception {
        // Given
        int port = LoopbackPort.free();
        CameraSource camera;
        @Nullable CameraFault end;
        @Nullable CameraFault meanwhile;
        try (GstRtspServer server = GstRtspServer.at(port)) {
            camera = camera(server.url("h264"));
            try (Filmed filmed = Filmed.by(camera)) {
                await().atMost(LONG).until(() -> !filmed.pictures().isEmpty());
                server.close();
                end = filmed.end();
            }
        }
        try (Filmed filmed = Filmed.by(camera)) {
            meanwhile = filmed.end();
        }

        // When
        try (GstRtspServer server = GstRtspServer.at(port);
                Filmed again = Filmed.by(camera)) {
            await().atMost(LONG).until(() -> !again.pictures().isEmpty() || again.hasEnded());

            // Then
            assertThat(end).isNotNull();
            assertThat(end.kind()).isEqualTo(CameraFault.Kind.ENDED);
            assertThat(meanwhile).isNotNull();
            assertThat(meanwhile.kind()).isEqualTo(CameraFault.Kind.UNREACHABLE);
            assertThat(again.pictures()).as(server.url("h264")).isNotEmpty();
        }
    }

    private static CameraSource camera(String url) {
        return new RtspSettings(url, null, null, 20_000, null, null).open(InstantSource.system());
    }
}
