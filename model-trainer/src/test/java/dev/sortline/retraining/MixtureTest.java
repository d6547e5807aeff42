// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.trainer.network.NpyArray;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.pictures.TrainingSet;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MixtureTest {
    private static final int KNOWN = 200;
    private static final int REVIEWED = 10;

    private final Mixture base = mixture(0, 180, 5);

    @Test
    void takesWhatMakesHeldOutReviewsMostProbable() {
        // Given
        Mixture good = mixture(0.5, 180, 7);
        Mixture better = mixture(0.7, 180, 9);

        // When
        Mixture best = Mixture.best(base, List.of(mixture(1, 180, 8), better, good));

        // Then
        assertThat(best).isSameAs(better);
    }

    @Test
    void takesNoneThatLosesMoreThanOneInAHundredOfTheKnown() {
        // Given
        Mixture atTheBound = mixture(0.4, 178, 8);

        // When
        Mixture best = Mixture.best(base, List.of(mixture(1, 177, 10), atTheBound));

        // Then
        assertThat(best).isSameAs(atTheBound);
    }

    @Test
    void takesNoneThatNamesFewerReviewsRightlyHoweverSureItIs() {
        // When
        Mixture best = Mixture.best(base, List.of(mixture(1, 200, 4)));

        // Then
        assertThat(best).isSameAs(base);
    }

    @Test
    void leavesTheBaseWhereNothingIsMoreProbable() {
        // When
        Mixture best = Mixture.best(base, List.of(mixture(1, 180, 5)));

        // Then
        assertThat(best).isSameAs(base);
    }

    @Test
    void weightsLieOnTheLineBetweenBoth() {
        // Given
        Map<String, NpyArray> before = Map.of("kernel", NpyArray.of(new float[] {1, -2}, 2));
        Map<String, NpyArray> after = Map.of("kernel", NpyArray.of(new float[] {3, 2}, 2));

        // When
        Map<String, NpyArray> mixed = Mixture.weights(before, after, 0.25);

        // Then
        assertThat(mixed.get("kernel").values()).containsExactly(1.5f, -1);
        assertThat(before.get("kernel").values()).containsExactly(1, -2);
    }

    /** What names so many pictures rightly, all as surely. */
    private static Mixture mixture(double share, int knownRight, int reviewedRight) {
        return new Mixture(share, answers(KNOWN, knownRight), answers(REVIEWED, reviewedRight));
    }

    private static Answers answers(int pictures, int right) {
        TrainingSet set = TrainingSet.of(
                Collections.nCopies(pictures, new LabelledPicture(Path.of("picture.jpg"), "glass")),
                List.of("glass", "metal"));
        List<double[]> logits = new ArrayList<>();
        for (int i = 0; i < pictures; i++) {
            logits.add(i < right ? new double[] {1, 0} : new double[] {0, 1});
        }
        return new Answers(set, logits);
    }
}
