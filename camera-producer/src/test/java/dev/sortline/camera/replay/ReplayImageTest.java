// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayImageTest {
    private final Path folder;

    ReplayImageTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void subFoldersAreTheTruthAndImagesOutsideThemHaveNone() throws IOException {
        // Given
        file("metal/can.jpg");
        file("glass/jar.PNG");
        file("glass/bottle.JPEG");
        file("unknown.jpg");

        // When
        var images = ReplayImage.inFolder(folder);

        // Then
        assertThat(images)
                .extracting(
                        image -> folder.relativize(image.file()).toString(),
                        ReplayImage::truth,
                        ReplayImage::contentType)
                .containsExactly(
                        tuple("glass/bottle.JPEG", "glass", "image/jpeg"),
                        tuple("glass/jar.PNG", "glass", "image/png"),
                        tuple("metal/can.jpg", "metal", "image/jpeg"),
                        tuple("unknown.jpg", null, "image/jpeg"));
    }

    @Test
    void whatIsNoImageIsNotListed() throws IOException {
        // Given
        file("glass/jar.jpg");
        file("glass/notes.txt");
        file("glass/.jar.jpg");
        file(".thumbnails/jar.jpg");
        file("glass/deeper/jar.jpg");
        Files.createDirectory(folder.resolve("glass/folder.jpg"));

        // When
        var images = ReplayImage.inFolder(folder);

        // Then
        assertThat(images).extracting(ReplayImage::file).containsExactly(folder.resolve("glass/jar.jpg"));
    }

    @Test
    void folderWithoutImagesIsRefusedInOneLineThatSaysWhatToDo() throws IOException {
        // Given
        file("glass/notes.txt");

        // When
        var refusal = catchThrowable(() -> ReplayImage.inFolder(folder));

        // Then
        assertThat(refusal)
                .isInstanceOf(ImageFolderException.class)
                .hasMessage("folder '%s' holds no image: put .jpg, .jpeg or .png files into it,".formatted(folder)
                        + " or into sub-folders named after their label");
    }

    @Test
    void missingFolderIsRefused() {
        // Given
        var missing = folder.resolve("missing");

        // When
        var refusal = catchThrowable(() -> ReplayImage.inFolder(missing));

        // Then
        assertThat(refusal)
                .isInstanceOf(ImageFolderException.class)
                .hasMessage("folder '%s' does not exist: name a folder of images".formatted(missing));
    }

    @Test
    void fileInPlaceOfAFolderIsRefused() throws IOException {
        // Given
        var image = file("can.jpg");

        // When
        var refusal = catchThrowable(() -> ReplayImage.inFolder(image));

        // Then
        assertThat(refusal)
                .isInstanceOf(ImageFolderException.class)
                .hasMessage("folder '%s' is a file: name a folder of images".formatted(image));
    }

    @Test
    void fileThatIsLargerThanAnyFrameIsNotRead() throws IOException {
        // Given
        var huge = file("huge.jpg");
        try (var sparse = new RandomAccessFile(huge.toFile(), "rw")) {
            sparse.setLength(ReplayImage.MAX_BYTES + 1L);
        }
        var image = new ReplayImage(huge, null, "image/jpeg");

        // When
        var refusal = catchThrowable(image::read);

        // Then
        assertThat(refusal).isInstanceOf(IOException.class).hasMessage("4194305 bytes: at most 4194304 are published");
    }

    private Path file(String name) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, new byte[] {1});
    }
}
