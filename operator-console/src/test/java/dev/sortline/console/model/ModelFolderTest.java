// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.console.model.Evaluation.Accuracy;
import dev.sortline.console.model.Evaluation.Bin;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFolderTest {
    @TempDir
    private Path folder;

    @Test
    void tellsOfAPackageOfOurs() {
        // When
        var ours = new ModelFolder(Path.of("../models/waste-cnn"));

        // Then
        assertThat(ours.facts())
                .isEqualTo(new ModelFacts(
                        "waste-cnn",
                        "1.0.0",
                        128,
                        List.of("cardboard", "empty", "glass", "metal", "paper", "plastic", "trash")));
        assertThat(ours.card()).hasValueSatisfying(card -> assertThat(card).startsWith("# waste-cnn 1.0.0"));
    }

    @Test
    void whatIsMissingIsNotThere() {
        // When
        var empty = new ModelFolder(folder.resolve("none"));

        // Then
        assertThat(empty.facts()).isEqualTo(new ModelFacts(null, null, null, List.of()));
        assertThat(empty.evaluations()).isEmpty();
        assertThat(empty.card()).isEmpty();
    }

    @Test
    void whatIsDamagedIsNotThere() throws Exception {
        // Given
        Files.writeString(folder.resolve("model.json"), "{\"name\": 7, \"version\": ");
        Path evaluations = Files.createDirectory(folder.resolve("evaluations"));
        Files.writeString(evaluations.resolve("a.json"), "rubbish");
        Files.writeString(evaluations.resolve("b.json"), "{\"pictures\": 7}");
        Files.writeString(evaluations.resolve("c.json"), "null");
        Files.writeString(evaluations.resolve("d.json"), "{\"data\": \"belt\", \"pictures\": 7, \"new\": true}");

        // When
        var damaged = new ModelFolder(folder);

        // Then
        assertThat(damaged.facts().name()).isNull();
        assertThat(damaged.evaluations()).extracting(Evaluation::data).containsExactly("belt");
    }

    @Test
    void evaluationsAreReadByTheirNames() throws Exception {
        // Given
        Path evaluations = Files.createDirectory(folder.resolve("evaluations"));
        Files.writeString(
                evaluations.resolve("b.json"),
                """
                {"data": "belt", "pictures": 4, "accuracy": {"value": 0.75, "low": 0.3, "high": 0.95}, "ece": 0.1,
                 "perLabel": [{"label": "can", "precision": null, "recall": 0.5, "f1": 0.6, "pictures": 2}],
                 "confusion": {"labels": ["can", "glass"], "rows": [[1, 1], [0, 2]]},
                 "reliability": [{"from": 0.4, "to": 0.5, "confidence": 0.45, "accuracy": 1.0, "pictures": 1},
                                 {"from": 0.9, "to": 1.0, "confidence": 0.95, "accuracy": 0.7, "pictures": 3}]}
                """);
        Files.writeString(evaluations.resolve("a.json"), "{\"data\": \"shelf\", \"pictures\": 0}");
        Files.writeString(evaluations.resolve("notes.txt"), "no evaluation");

        // When
        var read = new ModelFolder(folder).evaluations();

        // Then
        assertThat(read).extracting(Evaluation::data).containsExactly("shelf", "belt");
        Evaluation belt = read.get(1);
        assertThat(belt.accuracy()).isEqualTo(new Accuracy(0.75, 0.3, 0.95));
        assertThat(belt.perLabel().get(0).precision()).isNull();
        assertThat(belt.confusion().rows()).containsExactly(List.of(1, 1), List.of(0, 2));
        assertThat(belt.reliability()).contains(new Bin(0.9, 1.0, 0.95, 0.7, 3));
    }

    /** One picture at 0.45 and three at 0.95: (0.45 + 3 * 0.95) / 4 = 0.825. */
    @Test
    void meanConfidenceIsWeightedByPictures() {
        // Given
        var bins = List.of(new Bin(0.4, 0.5, 0.45, 1, 1), new Bin(0.9, 1, 0.95, 0.7, 3));

        // When
        var evaluation = new Evaluation("belt", 4, null, null, List.of(), null, bins);

        // Then
        assertThat(evaluation.meanConfidence()).isCloseTo(0.825, within(1e-12));
    }
}
