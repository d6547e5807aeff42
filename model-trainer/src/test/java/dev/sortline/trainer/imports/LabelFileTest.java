// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelFileTest {
    private Path file;

    @BeforeEach
    void choosePlace(@TempDir Path folder) {
        file = folder.resolve("labels.txt");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "glass\npaper\nbeverage carton\n",
                "glass\r\npaper\r\nbeverage carton",
                "glass\npaper \n\tbeverage carton\n\n  \n",
                "\uFEFFglass\npaper\nbeverage carton\n",
                "0 glass\n1 paper\n2 beverage carton\n",
                "0\tglass\n1  paper\n2 beverage carton\n\n"
            })
    void readsLabelsAsPeopleAndToolsWriteThem(String text) throws IOException {
        // Given
        Files.writeString(file, text);

        // When
        List<String> labels = LabelFile.read(file);

        // Then
        assertThat(labels).containsExactly("glass", "paper", "beverage carton");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1 PET\n2 HDPE\n3 PVC", "0 glass\npaper", "0 glass\n2 paper", "1 glass\n0 paper"})
    void takesNumbersThatAreNoIndicesAsPartsOfLabels(String text) throws IOException {
        // Given
        Files.writeString(file, text);

        // When
        List<String> labels = LabelFile.read(file);

        // Then
        assertThat(labels).containsExactly(text.split("\n", -1));
    }

    @Test
    void namesTheLineThatIsBlank() throws IOException {
        // Given
        Files.writeString(file, "glass\n\npaper\n");

        // Then
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(ModelPackageException.class)
                .hasMessageContaining("labels.txt, line 2: '' is no label");
    }

    @Test
    void namesTheLineThatIsThereTwiceOnceIndicesAreDropped() throws IOException {
        // Given
        Files.writeString(file, "0 glass\n1 paper\n2 glass\n");

        // Then
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(ModelPackageException.class)
                .hasMessageContaining("labels.txt, line 3: 'glass' is there twice");
    }

    @Test
    void saysThatThereIsNoFile() {
        // Then
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("no labels at " + file);
    }

    @Test
    void refusesWhatIsNoText() throws IOException {
        // Given
        Files.write(file, new byte[] {(byte) 0xC3, 0x28});

        // Then
        assertThatThrownBy(() -> LabelFile.read(file))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining("is not UTF-8 text");
    }
}
