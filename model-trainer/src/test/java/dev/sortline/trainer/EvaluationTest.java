// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {

    /** Ten pictures: glass 4 (3 right, 1 taken for metal), metal 5 (4 right, 1 taken for empty), paper 1 (taken for glass). */
    private static Evaluation tenPictures() {
        ConfusionMatrix confusion = new ConfusionMatrix();
        add(confusion, "glass", "glass", 3);
        add(confusion, "glass", "metal", 1);
        add(confusion, "metal", "metal", 4);
        add(confusion, "metal", "empty", 1);
        add(confusion, "paper", "glass", 1);
        return Evaluation.of(confusion);
    }

    @Test
    void countsWhatAPersonCounts() {
        // When
        Evaluation evaluation = tenPictures();

        // Then
        assertThat(evaluation.images()).isEqualTo(10);
        assertThat(evaluation.accuracy()).isCloseTo(0.7, within(1e-12));
        assertThat(evaluation.perLabel().get("glass")).isEqualTo(new Evaluation.LabelFigures(0.75, 0.75));
        assertThat(evaluation.perLabel().get("metal")).isEqualTo(new Evaluation.LabelFigures(0.8, 0.8));
        assertThat(evaluation.perLabel().get("paper")).isEqualTo(new Evaluation.LabelFigures(0, 0));
    }

    @Test
    void tellsNothingOfLabelsThatNoPictureShows() {
        // When
        Evaluation evaluation = tenPictures();

        // Then
        assertThat(evaluation.perLabel()).containsOnlyKeys("glass", "metal", "paper");
    }

    @Test
    void writesTheReportWithItsKeysAndNoOthers(@TempDir Path folder) throws Exception {
        // When
        Path file = tenPictures().write(folder.resolve("new/report"));

        // Then
        JsonNode report = new ObjectMapper().readTree(file.toFile());
        assertThat(file).hasFileName("evaluation.json");
        assertThat(report.fieldNames()).toIterable().containsExactly("accuracy", "images", "perLabel");
        assertThat(report.at("/perLabel/glass").fieldNames()).toIterable().containsExactly("precision", "recall");
        assertThat(report.at("/perLabel/metal/recall").asDouble()).isEqualTo(0.8);
    }

    @Test
    void showsWhatWasTakenForWhat() {
        // When
        String table = tenPictures().table();

        // Then
        assertThat(table.lines().toList())
                .containsExactly(
                        "label         pictures precision    recall |     empty     glass     metal     paper",
                        "glass                4     0.750     0.750 |         0         3         1         0",
                        "metal                5     0.800     0.800 |         1         0         4         0",
                        "paper                1     0.000     0.000 |         0         1         0         0",
                        "accuracy 0.7000: 7 of 10 pictures");
    }

    private static void add(ConfusionMatrix confusion, String truth, String answer, int times) {
        for (int i = 0; i < times; i++) {
            confusion.add(truth, answer);
        }
    }
}
