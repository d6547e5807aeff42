// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.teaching;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.network.TinyPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TeachersTest {
    private static final Shot GRADIENT = (size, scaling) -> {
        float[] pixels = new float[size * size * 3];
        for (int i = 0; i < pixels.length; i++) {
            pixels[i] = 255f * i / pixels.length * scaling.multiplier() + scaling.offset();
        }
        return pixels;
    };

    @TempDir
    private Path folder;

    @Test
    void answerWithTheMeanOfTheirCalibratedProbabilitiesOfTheStudentsLabels() throws IOException {
        // Given: another order, another size, another temperature, and a label more
        Path first = TinyPackage.writeTo(folder.resolve("first"), List.of("glass", "metal", "paper"), 32, 0.8, 1);
        Path second =
                TinyPackage.writeTo(folder.resolve("second"), List.of("shoes", "metal", "glass", "paper"), 40, 2, 2);
        double[] one = powers(first, 32, 0.8);
        double[] two = powers(second, 40, 2);
        double ofOne = one[0] + one[1] + one[2];
        double ofTwo = two[1] + two[2] + two[3];

        // When
        float[] answer;
        try (Teachers teachers = Teachers.open(List.of(first, second), List.of("glass", "metal", "paper"))) {
            answer = teachers.answer(GRADIENT);
        }

        // Then
        assertThat(answer)
                .containsExactly(
                        new float[] {
                            (float) ((one[0] / ofOne + two[2] / ofTwo) / 2),
                            (float) ((one[1] / ofOne + two[1] / ofTwo) / 2),
                            (float) ((one[2] / ofOne + two[3] / ofTwo) / 2)
                        },
                        within(1e-5f));
    }

    @Test
    void mustKnowAllLabels() throws IOException {
        // Given
        Path model = TinyPackage.writeTo(folder.resolve("model"), List.of("glass", "metal"), 32, 1, 1);

        // Then
        assertThatThrownBy(() -> Teachers.open(List.of(model), List.of("glass", "paper")))
                .isInstanceOf(TrainingInputException.class)
                .hasMessage("the teacher %s does not know the label paper: it knows [glass, metal]".formatted(model));
    }

    @Test
    void mustBeModelPackages() {
        // Then
        assertThatThrownBy(() -> Teachers.open(List.of(folder.resolve("nowhere")), List.of("glass", "paper")))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageStartingWith("no model package at " + folder.resolve("nowhere"));
    }

    private static double[] powers(Path model, int size, double temperature) {
        try (SavedNetwork network = SavedNetwork.open(model, size)) {
            float[] logits = network.scores(GRADIENT.paint(size, PixelScaling.MINUS_ONE_TO_ONE))[0];
            double[] powers = new double[logits.length];
            for (int i = 0; i < logits.length; i++) {
                powers[i] = Math.exp(logits[i] / temperature);
            }
            return powers;
        }
    }
}
