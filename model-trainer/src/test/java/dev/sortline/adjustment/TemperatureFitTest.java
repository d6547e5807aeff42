// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.Temperature;
import dev.sortline.trainer.pictures.LabelledPicture;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TemperatureFitTest {
    @Test
    void makesConfidenceTrueAtHomeAndInStrangePlaces() {
        // Given: always 98 % sure, right in 3 of 4 at home and in 3 of 5 elsewhere
        Answers home = sureOfTheFirstLabel(400, 100, 1);
        Answers strange = sureOfTheFirstLabel(50, 20, 0);

        // When
        Temperature temperature = TemperatureFit.fit(home, strange);

        // Then: 1 / (1 + exp(-4 / t)) is what is right
        assertThat(temperature.familiar()).isCloseTo(4 / Math.log(3), within(1e-3));
        assertThat(temperature.strange()).isCloseTo(4 / Math.log(1.5), within(1e-3));
    }

    @Test
    void countsPlacesAlikeHoweverManyPicturesTheyHave() {
        // Given
        Answers home = sureOfTheFirstLabel(400, 100, 1);
        Answers strange = sureOfTheFirstLabel(50, 20, 0);

        // When
        Temperature one = TemperatureFit.fitSingle(home, strange);

        // Then: 27 of 40 are right where both have as many
        assertThat(one.familiar()).isCloseTo(4 / Math.log(27.0 / 13), within(1e-3));
        assertThat(one.strange()).isEqualTo(one.familiar());
    }

    @Test
    void leavesFamiliarityAsideWhereItTellsNothing() {
        // Given
        Answers home = sureOfTheFirstLabel(400, 100, 1);
        Answers elsewhere = sureOfTheFirstLabel(400, 100, 0);

        // When
        Temperature temperature = TemperatureFit.fit(home, elsewhere);

        // Then
        assertThat(temperature.strange()).isCloseTo(temperature.familiar(), within(1e-3));
    }

    private static Answers sureOfTheFirstLabel(int pictures, int wrong, double familiarity) {
        List<LabelledPicture> labelled = new ArrayList<>();
        List<double[]> logits = new ArrayList<>();
        List<@Nullable Double> familiarities = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            labelled.add(new LabelledPicture(Path.of(i + ".jpg"), i < wrong ? "b" : "a"));
            logits.add(new double[] {4, 0});
            familiarities.add(familiarity);
        }
        return new Answers(Path.of("place"), labelled, List.of("a", "b"), logits, familiarities);
    }
}
