// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The model that a fresh clone brings, on the pictures that a fresh clone brings. */
class ShippedModelTest {
    private static final Path MODEL = Path.of("../models/waste-mobilenet-v2");
    private static final Path SAMPLES = Path.of("../samples/belt");

    @Test
    void isSmallEnoughToBePartOfTheRepository() throws IOException {
        // When
        long bytes;
        try (Stream<Path> files = Files.list(MODEL)) {
            bytes = files.mapToLong(file -> file.toFile().length()).sum();
        }

        // Then
        assertThat(bytes).isLessThan(24_000_000);
    }

    @Test
    void namesTheSampleFramesRightly() throws Exception {
        // Given
        List<Path> pictures = samples();
        assumeThat(pictures).as("sample frames in " + SAMPLES).isNotEmpty();
        List<Path> right = new ArrayList<>();

        // When
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(MODEL))) {
            for (Path picture : pictures) {
                try (DecodedImage image = classifier.decode(Files.readAllBytes(picture))) {
                    String seen = classifier.classify(image).label();
                    if (picture.startsWith(SAMPLES.resolve(seen))) {
                        right.add(picture);
                    }
                }
            }
        }

        // Then
        assertThat((double) right.size() / pictures.size()).isGreaterThanOrEqualTo(0.8);
    }

    private static List<Path> samples() throws IOException {
        if (!Files.isDirectory(SAMPLES)) {
            return List.of();
        }
        try (Stream<Path> files = Files.walk(SAMPLES, 2)) {
            return files.filter(file -> file.toString().endsWith(".jpg"))
                    .sorted()
                    .toList();
        }
    }
}
