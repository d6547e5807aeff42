// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PackageFolderTest {
    private Path parent;

    private static final String MANIFEST = new ModelManifest(
                    "waste",
                    "1.0.0",
                    32,
                    PixelScaling.MINUS_ONE_TO_ONE,
                    NetworkOutput.LOGITS,
                    1,
                    "sha256:" + "0".repeat(64))
            .toJson();

    @BeforeEach
    void choosePlace(@TempDir Path temporary) {
        parent = temporary;
    }

    @Test
    void makesThePackageAndTheFoldersAboveIt() throws IOException {
        // Given
        PackageFolder place = new PackageFolder(parent.resolve("models/waste"));

        // When
        place.write(folder -> Files.writeString(folder.resolve("model.json"), "new"));

        // Then
        assertThat(parent.resolve("models/waste/model.json")).hasContent("new");
        assertThat(names(parent.resolve("models"))).containsExactly("waste");
    }

    @Test
    void replacesAPackageWhole() throws IOException {
        // Given
        Path old = Files.createDirectory(parent.resolve("waste"));
        Files.writeString(old.resolve("model.json"), MANIFEST);
        Files.writeString(old.resolve("saved_model.pb"), "old");
        Files.writeString(Files.createDirectory(old.resolve("evaluations")).resolve("belt.json"), "{}");
        PackageFolder place = new PackageFolder(old);

        // When
        place.write(folder -> Files.writeString(folder.resolve("model.json"), "new"));

        // Then
        assertThat(names(old)).containsExactly("model.json");
        assertThat(old.resolve("model.json")).hasContent("new");
        assertThat(names(parent)).containsExactly("waste");
    }

    @Test
    void leavesEverythingAsItWasWhenWritingFails() throws IOException {
        // Given
        Path old = Files.createDirectory(parent.resolve("waste"));
        Files.writeString(old.resolve("model.json"), MANIFEST);
        PackageFolder place = new PackageFolder(old);

        // When
        Throwable failure = catchThrowable(() -> place.write(folder -> {
            Files.writeString(folder.resolve("model.json"), "half");
            throw new IOException("the disk is full");
        }));

        // Then
        assertThat(failure).hasMessage("the disk is full");
        assertThat(old.resolve("model.json")).hasContent(MANIFEST);
        assertThat(names(parent)).containsExactly("waste");
    }

    @Test
    void neverReplacesWhatIsNoPackage() throws IOException {
        // Given
        Files.writeString(parent.resolve("thesis.txt"), "precious");

        // Then
        assertThatThrownBy(() -> new PackageFolder(parent))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("exists and is no model package");
        assertThatThrownBy(() -> new PackageFolder(parent.resolve("thesis.txt")))
                .isInstanceOf(TrainingInputException.class);
    }

    @Test
    void neverReplacesTheFolderOfAnotherToolThatHasAModelJson() throws IOException {
        // Given
        Path other = Files.createDirectory(parent.resolve("tfjs"));
        Files.writeString(other.resolve("model.json"), "{\"format\": \"layers-model\"}");

        // Then
        assertThatThrownBy(() -> new PackageFolder(other)).hasMessageContaining("has no model.json of a model package");
        assertThat(names(other)).containsExactly("model.json");
    }

    @Test
    void neverReplacesAPackageWithFilesOfOthersInIt() throws IOException {
        // Given
        Path old = Files.createDirectory(parent.resolve("waste"));
        Files.writeString(old.resolve("model.json"), MANIFEST);
        Files.writeString(old.resolve("thesis.txt"), "precious");

        // Then
        assertThatThrownBy(() -> new PackageFolder(old)).hasMessageContaining("holds thesis.txt");
    }

    @Test
    void neverReplacesWhatCameThereWhileThePackageWasMade() throws IOException {
        // Given
        Path there = parent.resolve("waste");
        PackageFolder place = new PackageFolder(there);

        // When
        Throwable failure = catchThrowable(() -> place.write(folder -> {
            Files.writeString(folder.resolve("model.json"), "new");
            Files.createDirectory(there);
            Files.writeString(there.resolve("thesis.txt"), "precious");
        }));

        // Then
        assertThat(failure).hasMessageContaining("holds thesis.txt");
        assertThat(names(there)).containsExactly("thesis.txt");
        assertThat(names(parent)).containsExactly("waste");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.map(child -> child.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
