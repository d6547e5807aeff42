// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FolderSettingsTest {
    private static final Path IN = Path.of("in");

    @Test
    void settleTimeOutOfBoundsIsRefused() {
        // When / Then
        assertThatThrownBy(() -> new FolderSettings(IN, 5, null, null))
                .hasMessage("settleMillis is 5: must be from 20 to 60000");
    }

    @Test
    void filesCannotBeMovedToWhereTheyAre() {
        // When / Then
        assertThatThrownBy(() -> new FolderSettings(IN, null, IN, null))
                .hasMessageContaining("must not be the watched folder");
    }

    @Test
    void pathsStartAtTheLineFile() {
        // Given
        var settings = new FolderSettings(IN, null, Path.of("out"), null);

        // When
        var placed = settings.startingAt(Path.of("/line"));

        // Then
        assertThat(placed).isEqualTo(new FolderSettings(Path.of("/line/in"), null, Path.of("/line/out"), null));
    }
}
