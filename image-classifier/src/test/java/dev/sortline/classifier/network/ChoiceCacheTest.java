// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChoiceCacheTest {
    private static final Map<String, String> HERE = Map.of("processor", "fast");
    private static final InferenceTuning CHOICE =
            new InferenceTuning(Engine.ONNX_RUNTIME, Precision.INT8, 4, 2, 1, 321.5);

    @TempDir
    private Path folder;

    @Test
    void findsWhatWasChosenInTheSameCircumstances() {
        // Given
        ChoiceCache cache = new ChoiceCache(folder.resolve("not/there/yet"));

        // When
        cache.keep(HERE, CHOICE);

        // Then
        assertThat(cache.find(HERE)).contains(CHOICE);
        assertThat(cache.find(Map.of("processor", "slow"))).isEmpty();
    }

    @Test
    void takesABrokenFileForNoneAndWritesItAnew() throws IOException {
        // Given
        ChoiceCache cache = new ChoiceCache(folder);
        cache.keep(HERE, CHOICE);
        for (Path file : files()) {
            Files.writeString(file, "{\"tuning\": {\"engine\": \"abacus\"");
        }
        assertThat(cache.find(HERE)).isEmpty();

        // When
        cache.keep(HERE, CHOICE);

        // Then
        assertThat(cache.find(HERE)).contains(CHOICE);
        assertThat(files()).hasSize(1);
    }

    @Test
    void keepsNothingWhereNothingCanBeWritten() throws IOException {
        // Given
        ChoiceCache cache = new ChoiceCache(Files.createFile(folder.resolve("file")));

        // When
        cache.keep(HERE, CHOICE);

        // Then
        assertThat(cache.find(HERE)).isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }
}
