// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.replay.ReplayImage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargePicturesTest {
    @TempDir
    private Path folder;

    @Test
    void pictureBecomesALargeOneOfTheSameLabelWithNoise() throws Exception {
        // Given
        Path photo = ReplayImage.inFolder(Path.of("../samples/belt")).get(0).file();
        Path label = Files.createDirectories(folder.resolve("from/metal"));
        Files.copy(photo, label.resolve("can.jpg"));

        // When
        LargePictures.write(folder.resolve("from"), folder.resolve("to"));

        // Then
        List<ReplayImage> written = ReplayImage.inFolder(folder.resolve("to"));
        assertThat(written).singleElement().satisfies(image -> {
            assertThat(image.truth()).isEqualTo("metal");
            var picture = ImageIO.read(image.file().toFile());
            assertThat(picture.getWidth()).isEqualTo(LargePictures.WIDTH);
            assertThat(picture.getHeight()).isEqualTo(LargePictures.HEIGHT);
        });
        // A camera's are as large; without noise it would be about a third.
        assertThat(Files.size(written.get(0).file())).isBetween(150_000L, 1_000_000L);
    }
}
