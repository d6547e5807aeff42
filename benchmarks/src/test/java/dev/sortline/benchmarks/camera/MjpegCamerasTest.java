// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class MjpegCamerasTest {
    @TempDir
    private Path folder;

    @Test
    void eachCameraCountsWhatItGave() throws Exception {
        // Given
        Path pictures = Files.createDirectory(folder.resolve("film"));
        Files.writeString(pictures.resolve("00.jpg"), "first");
        Files.writeString(pictures.resolve("01.jpg"), "second");
        try (var cameras = MjpegCameras.start(folder, new BeltFilm(pictures, 2, 5), 50)) {
            String came;
            try (InputStream stream = URI.create(cameras.url(7)).toURL().openStream()) {
                var text = new StringBuilder(new String(stream.readNBytes(1_000), StandardCharsets.ISO_8859_1));

                // When
                cameras.stop();
                came = text.append(new String(stream.readAllBytes(), StandardCharsets.ISO_8859_1))
                        .toString();
            }

            // Then
            long whole = Pattern.compile("X-Timestamp: \\d+\\.\\d{6}\r\n\r\n(first|second)\r\n")
                    .matcher(came)
                    .results()
                    .count();
            assertThat(cameras.given()).containsOnlyKeys(7).containsEntry(7, whole);
        }
    }
}
