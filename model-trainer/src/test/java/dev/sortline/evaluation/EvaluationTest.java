// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.evaluation.figures.Predictions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EvaluationTest {

    /** Ten pictures: glass 4 (3 right, 1 taken for metal), metal 5 (4 right, 1 taken for empty), paper 1 (taken for glass). */
    private static Predictions tenPictures() {
        return new Predictions()
                .add(3, "glass", "glass", 0.9)
                .add(1, "glass", "metal", 0.6)
                .add(4, "metal", "metal", 0.8)
                .add(1, "metal", "empty", 0.7)
                .add(1, "paper", "glass", 0.5);
    }

    private static Evaluation evaluate(Predictions predictions) {
        return Evaluation.of(predictions.list(), List.of(), Optional.empty(), List.of());
    }

    @Test
    void countsWhatAPersonCounts() {
        // When
        Evaluation evaluation = evaluate(tenPictures());

        // Then
        assertThat(evaluation.images()).isEqualTo(10);
        assertThat(evaluation.accuracy()).isCloseTo(0.7, within(1e-12));
        assertThat(evaluation.accuracyInterval()).isEqualTo(Interval.wilson(7, 10));
        assertThat(evaluation.perLabel().get("glass"))
                .isEqualTo(new Evaluation.LabelFigures(0.75, 0.75, 0.75, Interval.wilson(3, 4), Interval.wilson(3, 4)));
        assertThat(evaluation.perLabel().get("metal"))
                .isEqualTo(new Evaluation.LabelFigures(0.8, 0.8, 0.8, Interval.wilson(4, 5), Interval.wilson(4, 5)));
        assertThat(evaluation.perLabel().get("paper"))
                .isEqualTo(new Evaluation.LabelFigures(0, 0, 0, null, Interval.wilson(0, 1)));
    }

    @Test
    void f1IsTheHarmonicMean() {
        // Given
        Predictions predictions = new Predictions()
                .add(3, "glass", "glass", 0.9)
                .add(1, "glass", "metal", 0.9)
                .add(2, "metal", "glass", 0.9);

        // When
        Evaluation.LabelFigures glass = evaluate(predictions).perLabel().get("glass");

        // Then
        assertThat(glass.f1())
                .isCloseTo(
                        2 * glass.precision() * glass.recall() / (glass.precision() + glass.recall()), within(1e-12));
    }

    @Test
    void tellsNothingOfLabelsThatNoPictureShows() {
        // When
        Evaluation evaluation = evaluate(tenPictures());

        // Then
        assertThat(evaluation.perLabel()).containsOnlyKeys("glass", "metal", "paper");
    }

    @Test
    void givesPurityThresholdsToTheLabelsThatHaveOne() {
        // When
        Evaluation evaluation = evaluate(tenPictures());

        // Then
        assertThat(evaluation.purityThreshold().orElseThrow().threshold()).isEqualTo(0.8);
        assertThat(evaluation.purityThresholds()).containsOnlyKeys("glass", "metal");
        assertThat(evaluation.purityThresholds().get("glass").recovery()).isEqualTo(0.75);
    }

    @Test
    void putsTheSurestMistakesFirstAndStopsAtTwenty() {
        // Given
        Predictions predictions = tenPictures();
        for (int i = 0; i < 30; i++) {
            predictions.add(1, "metal", "glass", (60 + i) / 100.0);
        }

        // When
        Evaluation evaluation = evaluate(predictions);

        // Then
        assertThat(evaluation.worstMistakes())
                .hasSize(20)
                .noneMatch(Prediction::right)
                .extracting(Prediction::confidence)
                .isSortedAccordingTo((a, b) -> Double.compare(b, a))
                .startsWith(0.89);
    }

    @Test
    void showsWhatWasTakenForWhatAndTheFigures() {
        // When
        String table = evaluate(tenPictures()).table();

        // Then
        assertThat(table.lines().toList())
                .containsExactly(
                        "label         pictures precision    recall        f1 |     empty     glass     metal     paper",
                        "glass                4     0.750     0.750     0.750 |         0         3         1         0",
                        "metal                5     0.800     0.800     0.800 |         1         0         4         0",
                        "paper                1     0.000     0.000     0.000 |         0         1         0         0",
                        "accuracy 0.7000: 7 of 10 pictures, 95 % interval 0.397 to 0.892",
                        "accuracy 0.7778 on the 90.0 % of the pictures that it is surest of, from confidence 0.600 on",
                        "calibration error (ECE) 0.2900",
                        "99 % purity from confidence 0.800 on: rests on 7 pictures");
    }
}
