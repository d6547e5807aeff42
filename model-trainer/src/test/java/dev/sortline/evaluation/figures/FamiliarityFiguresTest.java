// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class FamiliarityFiguresTest {

    @Test
    void tellsWhatABoundKeepsOfKnownAndUnknownThings() {
        // Given: of 100 known pictures at 0.005, 0.015, … those below 0.105 are named wrongly
        List<Prediction> known = known();
        List<Double> unknown = List.of(0.0, 0.0, 0.05, 0.9);

        // When
        FamiliarityFigures figures = FamiliarityFigures.of(known, unknown).orElseThrow();

        // Then
        assertThat(figures.points().get(2)).isEqualTo(new FamiliarityFigures.Point(0.05, 0.95, 90 / 95.0, 0.5));
        assertThat(figures.points().get(3)).isEqualTo(new FamiliarityFigures.Point(0.1, 0.9, 1, 0.25));
        assertThat(figures.unknown().images()).isEqualTo(4);
        assertThat(figures.unknown().keptAt95()).isEqualTo(0.25);
        assertThat(figures.unknown().auroc()).isCloseTo((1 + 1 + 0.95 + 0.1) / 4, within(1e-9));
    }

    @Test
    void leavesOutWhatNobodyShowed() {
        // When
        FamiliarityFigures figures = FamiliarityFigures.of(known(), List.of()).orElseThrow();

        // Then
        assertThat(figures.unknown()).isNull();
        assertThat(figures.points()).allMatch(point -> point.unknownKept() == null);
    }

    @Test
    void knowsNothingOfAModelThatDoesNotTell() {
        // Given
        List<Prediction> known = new Predictions().add(3, "glass", "glass", 0.9).list();

        // Then
        assertThat(FamiliarityFigures.of(known, List.of())).isEmpty();
    }

    private static List<Prediction> known() {
        List<Prediction> known = new ArrayList<>();
        DoubleStream.iterate(0.005, familiarity -> familiarity < 1, familiarity -> familiarity + 0.01)
                .forEach(familiarity -> known.add(new Prediction(
                        Path.of(familiarity + ".jpg"),
                        "glass",
                        familiarity < 0.1 ? "metal" : "glass",
                        0.9,
                        familiarity < 0.1 ? 0.05 : 0.9,
                        familiarity)));
        return known;
    }
}
