// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeenPackagesTest {
    @TempDir
    private Path folder;

    private final SeenPackages packages = new SeenPackages();

    @Test
    void packageStaysTheSameWhileItsFilesDo() throws IOException {
        // Given
        ModelPackage first = packages.in(ToyPackage.write(folder, "1", "glass"));

        // When
        ModelPackage again = packages.in(folder);

        // Then
        assertThat(again).isSameAs(first);
    }

    @Test
    void changedPackageIsReadAgain() throws IOException {
        // Given
        packages.in(ToyPackage.write(folder, "1", "glass"));

        // When
        ModelPackage changed = packages.in(ToyPackage.write(folder, "2", "metal"));

        // Then
        assertThat(changed.version()).isEqualTo("2");
    }

    @Test
    void packageThatIsTakenAwayIsToldOf() throws IOException {
        // Given
        packages.in(ToyPackage.write(folder, "1", "glass"));
        Files.delete(folder.resolve(ModelPackage.LABELS_FILE));

        // When
        var reading = assertThatThrownBy(() -> packages.in(folder));

        // Then
        reading.isInstanceOf(ModelPackageException.class).hasMessageContaining(ModelPackage.LABELS_FILE);
    }
}
