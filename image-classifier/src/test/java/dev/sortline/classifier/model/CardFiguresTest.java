// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardFiguresTest {
    private static final Path SHIPPED = Path.of("../models/waste-mobilenet-v2");

    @TempDir
    private Path folder;

    @BeforeEach
    void copyThePackageWithoutItsEvaluations() throws IOException {
        List<String> files = new ArrayList<>(List.of("model.json", "labels.txt", "saved_model.pb"));
        files.addAll(ModelPackage.OTHER_FORMS);
        for (String file : files) {
            if (Files.exists(SHIPPED.resolve(file))) {
                Files.copy(SHIPPED.resolve(file), folder.resolve(file));
            }
        }
    }

    @Test
    void theBroadestEvaluationOfAPackageTellsSharesAndConfidence() {
        // Given
        var model = ModelPackage.load(SHIPPED);

        // When
        var card = CardFigures.of(model).orElseThrow();

        // Then
        assertThat(card.pictures()).isEqualTo(327);
        assertThat(card.shares()).containsOnlyKeys("cardboard", "glass", "metal", "paper", "plastic", "trash");
        // 46 of the 327 answers were cardboard: the first column of the confusion matrix.
        assertThat(card.shares().get("cardboard")).isEqualTo(46.0 / 327, within(1e-9));
        assertThat(card.confidence()).isBetween(0.8, 1.0);
    }

    @Test
    void aPackageWithoutEvaluationsTellsNothing() {
        // Given
        var model = ModelPackage.load(folder);

        // When
        var card = CardFigures.of(model);

        // Then
        assertThat(card).isEmpty();
    }

    @Test
    void whatIsNoEvaluationTellsNothing() throws IOException {
        // Given
        Path evaluations = Files.createDirectory(folder.resolve("evaluations"));
        Files.writeString(evaluations.resolve("broken.json"), "{\"confusion\": ");
        Files.writeString(evaluations.resolve("other.json"), "[1, 2, 3]");
        Files.writeString(
                evaluations.resolve("no-confidence.json"),
                "{\"pictures\": 5, \"confusion\": {\"labels\": [\"glass\"], \"rows\": [[5]]}}");
        Files.writeString(
                evaluations.resolve("nonsense.json"),
                """
                {"pictures": -5, "confusion": {"labels": ["glass"], "rows": [[5]]},
                 "reliability": [{"confidence": 7, "pictures": 5}]}
                """);

        // When
        var card = CardFigures.of(ModelPackage.load(folder));

        // Then
        assertThat(card).isEmpty();
    }

    @Test
    void anEmptyBeltIsNoItem() throws IOException {
        // Given
        Path evaluations = Files.createDirectory(folder.resolve("evaluations"));
        Files.writeString(
                evaluations.resolve("belt.json"),
                """
                {"data": "belt", "pictures": 8,
                 "confusion": {"labels": ["empty", "glass", "metal"], "rows": [[4, 0, 0], [0, 1, 0], [0, 0, 3]]},
                 "reliability": [{"confidence": 0.5, "pictures": 4}, {"confidence": 1, "pictures": 4}]}
                """);

        // When
        var card = CardFigures.of(ModelPackage.load(folder)).orElseThrow();

        // Then
        assertThat(card.shares()).containsOnlyKeys("glass", "metal").containsEntry("metal", 0.75);
        assertThat(card.confidence()).isEqualTo(0.75);
    }

    @Test
    void moreLabelsCountMoreThanMorePictures() throws IOException {
        // Given
        Path evaluations = Files.createDirectory(folder.resolve("evaluations"));
        Files.writeString(
                evaluations.resolve("many.json"),
                """
                {"data": "many pictures", "pictures": 90,
                 "confusion": {"labels": ["empty", "glass", "metal"], "rows": [[40, 0, 0], [0, 45, 5], [0, 0, 0]]},
                 "reliability": [{"confidence": 0.5, "pictures": 90}]}
                """);
        Files.writeString(
                evaluations.resolve("broad.json"),
                """
                {"data": "both labels", "pictures": 4,
                 "confusion": {"labels": ["glass", "metal"], "rows": [[1, 0], [0, 3]]},
                 "reliability": [{"confidence": 0.9, "pictures": 4}]}
                """);

        // When
        var card = CardFigures.of(ModelPackage.load(folder)).orElseThrow();

        // Then
        assertThat(card.data()).isEqualTo("both labels");
    }
}
