// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedWeightsTest {
    private Path folder;

    @BeforeEach
    void writeWeights(@TempDir Path temporary) throws IOException {
        folder = TinyBackbone.writeTo(temporary);
    }

    @Test
    void readsEveryTensor() {
        // When
        PretrainedWeights weights = PretrainedWeights.read(folder);

        // Then
        assertThat(weights.tensor("b3_dw_kernel").shape()).containsExactly(3, 3, 8, 1);
        MobileNetV2.from(weights, 3, 1);
    }

    @Test
    void saysThatThereAreNoWeights() {
        // Then
        assertRefused(folder.resolve("nowhere"), "no weights at");
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        // Given
        Files.delete(folder.resolve("b7_project_bias.npy"));

        // Then
        assertRefused(folder, "b7_project_bias.npy is missing");
    }

    @Test
    void namesTheFileThatIsDamaged() throws IOException {
        // Given
        Path file = folder.resolve("stem_kernel.npy");
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length - 1] ^= 1;
        Files.write(file, bytes);

        // Then
        assertRefused(folder, "stem_kernel.npy is damaged");
    }

    @Test
    void holdsShapesAgainstTheManifest() throws IOException {
        // Given
        Path manifest = folder.resolve("manifest.tsv");
        Files.writeString(manifest, Files.readString(manifest).replace("head_bias\t16", "head_bias\t4x4"));

        // Then
        assertRefused(folder, "head_bias.npy has shape 16, the manifest says 4x4");
    }

    @Test
    void refusesAManifestThatIsNoTable() throws IOException {
        // Given
        Files.writeString(folder.resolve("manifest.tsv"), "tensor\nstem_kernel 3x3\n");

        // Then
        assertRefused(folder, "'stem_kernel 3x3' is not tensor, shape and sha256");
    }

    @Test
    void refusesWeightsOfAnotherNetwork() throws IOException {
        // Given
        Path manifest = folder.resolve("manifest.tsv");
        Files.writeString(manifest, Files.readString(manifest).replaceAll("b16_expand_bias.*\n", ""));
        PretrainedWeights weights = PretrainedWeights.read(folder);

        // Then
        assertThatThrownBy(() -> MobileNetV2.from(weights, 3, 1))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("lacks the tensor b16_expand_bias");
    }

    private static void assertRefused(Path folder, String complaint) {
        assertThatThrownBy(() -> PretrainedWeights.read(folder))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining(complaint);
    }
}
