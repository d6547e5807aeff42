// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.pictures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LabelledFoldersTest {
    private Path first;
    private Path second;

    @BeforeEach
    void writeFolders(@TempDir Path temporary) throws IOException {
        first = temporary.resolve("first");
        second = temporary.resolve("second");
        touch(first.resolve("paper/b.jpg"));
        touch(first.resolve("paper/a.jpg"));
        touch(first.resolve("glass/c.jpg"));
        touch(second.resolve("empty/d.jpg"));
    }

    @Test
    void labelsAreTheUnionOfAllFoldersSorted() {
        // When
        LabelledFolders folders = LabelledFolders.list(List.of(first, second));

        // Then
        assertThat(folders.labels()).containsExactly("empty", "glass", "paper");
    }

    @Test
    void picturesComeInTheSameOrderEverywhere() {
        // When
        LabelledFolders folders = LabelledFolders.list(List.of(second, first));

        // Then
        assertThat(folders.pictures())
                .containsExactly(
                        new LabelledPicture(second.resolve("empty/d.jpg"), "empty"),
                        new LabelledPicture(first.resolve("glass/c.jpg"), "glass"),
                        new LabelledPicture(first.resolve("paper/a.jpg"), "paper"),
                        new LabelledPicture(first.resolve("paper/b.jpg"), "paper"));
    }

    @Test
    void leavesHiddenFilesLooseFilesAndDeeperFoldersAlone() throws IOException {
        // Given
        touch(first.resolve("paper/.hidden.jpg"));
        touch(first.resolve(".git/x.jpg"));
        touch(first.resolve("README.md"));
        touch(first.resolve("glass/deeper/y.jpg"));

        // When
        LabelledFolders folders = LabelledFolders.list(List.of(first));

        // Then
        assertThat(folders.pictures()).hasSize(3);
    }

    @Test
    void refusesAFolderWithoutPicturesEvenBesideOneThatHasSome() throws IOException {
        // Given
        Path nothing = first.resolveSibling("nothing");
        Files.createDirectories(nothing.resolve("glass"));

        // Then
        assertThatThrownBy(() -> LabelledFolders.list(List.of(first, nothing)))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageStartingWith("no images in " + nothing);
    }

    private static void touch(Path file) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, "");
    }
}
