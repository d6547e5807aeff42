// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.evaluation.corruption.Corruption;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Predictions;
import dev.sortline.evaluation.likeness.NearDuplicate;
import dev.sortline.evaluation.likeness.NearDuplicates;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CardSectionTest {
    private static final Path DATA = Path.of("some/pictures");

    private final Evaluation evaluation = Evaluation.of(
            new Predictions()
                    .add(3, "glass", "glass", 0.9)
                    .add(1, "glass", "metal", 0.6)
                    .add(6, "metal", "metal", 0.8)
                    .list(),
            List.of(),
            Optional.empty(),
            List.of(new CorruptionCurve(
                    Corruption.DARKNESS,
                    List.of(new CorruptionCurve.Point(1, 0.8, new Interval(0.5, 0.9), 0.123, 10)))));

    @Test
    void givesTheFigures() {
        // When
        String card = CardSection.put("# model\n", DATA, evaluation);

        // Then
        assertThat(card)
                .contains(
                        "### `some/pictures`: 90.0 % of 10 pictures",
                        "With 95 % confidence between 59.6 and 98.2 %.",
                        "On the 90.0 % of the pictures that it is surest of (confidence 0.800 or more) 100.0 % are right.",
                        "Calibration error (ECE) 0.210.",
                        "| glass | 1.000 | 0.439 to 1.000 | 0.750 | 0.301 to 0.954 | 0.857 | 4 |",
                        """
                        | answered, the surest first | 100 % | 90 % | 30 % |
                        |---|---|---|---|
                        | of these right | 90.0 % | 100.0 % | 100.0 % |
                        """,
                        """
                        | EV less light | 0 | 1 |
                        |---|---|---|
                        | right | 90.0 % | 80.0 % |
                        | calibration error (ECE) | 0.210 | 0.123 |
                        """);
    }

    @Test
    void standsBeforeTheNotes() {
        // When
        String card = CardSection.put("# model\n\n<!-- notes -->\n\nmine\n", DATA, evaluation);

        // Then
        assertThat(card).containsSubsequence("# model", "### `some/pictures`", "<!-- notes -->", "mine");
    }

    @Test
    void takesThePlaceOfAnEarlierOneOnTheSamePictures() {
        // Given
        String before = CardSection.put("# model\n\n<!-- notes -->\n", DATA, evaluation);

        // When
        String after = CardSection.put(before, DATA, evaluation);

        // Then
        assertThat(after).isEqualTo(before);
    }

    @Test
    void warnsOfPicturesThatWereTrainedOn() {
        // Given
        NearDuplicate pair = new NearDuplicate(Path.of("a.jpg"), "glass", Path.of("b.jpg"), "glass", 3);
        Evaluation leaked = Evaluation.of(
                new Predictions().add(10, "glass", "glass", 0.9).list(),
                List.of(),
                Optional.of(new NearDuplicates(List.of(pair), 0, 9, 8)),
                List.of());

        // When
        String card = CardSection.put("# model\n", DATA, leaked);

        // Then
        assertThat(card).contains("1 of the pictures look like one that was trained on; of the other 9, 8 are right.");
    }
}
