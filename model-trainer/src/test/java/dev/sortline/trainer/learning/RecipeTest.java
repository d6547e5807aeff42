// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.trainer.augmentation.AugmentationRanges;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecipeTest {
    private static final Stage FIRST = new Stage(2, 19, 160, 1e-3, 1);
    private static final Stage SECOND = new Stage(3, 4, 192, 1e-4, 0.5);

    @Test
    void stagesFollowEachOther() {
        // Given
        Recipe recipe = recipe(List.of(FIRST, SECOND), 0.1);

        // Then
        assertThat(recipe.epochs()).isEqualTo(5);
        assertThat(List.of(recipe.stage(0), recipe.stage(1), recipe.stage(2), recipe.stage(4)))
                .containsExactly(FIRST, FIRST, SECOND, SECOND);
        assertThat(List.of(recipe.stageStart(1), recipe.stageStart(4))).containsExactly(0, 2);
    }

    @Test
    void refusesAnEpochBeyondTheLast() {
        // Given
        Recipe recipe = recipe(List.of(FIRST), 0.1);

        // Then
        assertThatThrownBy(() -> recipe.stage(2))
                .isInstanceOf(IndexOutOfBoundsException.class)
                .hasMessage("epoch 2 of 2");
    }

    @Test
    void averagedWeightsBecomeThePlainMeanOfAllSinceAShareOfTheSteps() {
        // Given
        Recipe recipe = recipe(List.of(FIRST), 0.1);

        // When
        double[] kept = IntStream.of(1, 400, 500, 501, 502, 504)
                .mapToDouble(step -> recipe.averageKept(step, 1000))
                .toArray();

        // Then: 2 / 11 at first, then 0.9 as the recipe says; from step 501 on none of what was before, a half, three
        // quarters
        assertThat(kept).containsExactly(new double[] {2.0 / 11, 0.9, 0.9, 0, 0.5, 0.75}, within(1e-12));
    }

    @Test
    void refusesAStageWithoutAugmentation() {
        // Then
        assertThatThrownBy(() -> new Stage(1, 0, 224, 1e-3, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("strength must be above 0 and at most 1, but is 0.0");
    }

    @Test
    void refusesToHoldAllOut() {
        // Then
        assertThatThrownBy(() -> recipe(List.of(FIRST), 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("heldOutShare must lie between 0 and 1, but is 1.0");
    }

    private static Recipe recipe(List<Stage> stages, double heldOutShare) {
        return new Recipe(
                224,
                stages,
                new AugmentationRanges(0.5, 1, 0.1, 0.5, 0.1, 0.1, 0, 0),
                8,
                0,
                0,
                0,
                0,
                0.9,
                0.5,
                0,
                0,
                heldOutShare);
    }
}
