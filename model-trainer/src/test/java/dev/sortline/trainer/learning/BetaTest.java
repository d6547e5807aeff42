// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaTest {

    @Test
    void smallerShareOfAPairHasTheDistributionsMean() {
        // Given
        SplittableRandom random = new SplittableRandom(1);

        // When
        double[] shares = DoubleStream.generate(() -> Beta.symmetric(random, 1))
                .limit(20_000)
                .toArray();

        // Then: of a uniform share the smaller part is a quarter on average
        assertThat(DoubleStream.of(shares).boxed()).allMatch(share -> share >= 0 && share <= 0.5);
        assertThat(DoubleStream.of(shares).average().orElseThrow()).isCloseTo(0.25, within(0.01));
    }

    @Test
    void smallParametersLeaveMostPairsNearlyUnmixed() {
        // Given
        SplittableRandom random = new SplittableRandom(1);

        // When
        long nearlyUnmixed = DoubleStream.generate(() -> Beta.symmetric(random, 0.2))
                .limit(1000)
                .filter(share -> share < 0.05)
                .count();

        // Then
        assertThat(nearlyUnmixed).isBetween(500L, 800L);
    }

    /** Twice {@code scipy.stats.beta.cdf(most, parameter, parameter)} of SciPy 1.17.1: the smaller share may be either of the two. */
    @ParameterizedTest
    @CsvSource({
        "0.2, 0.01, 0.419555",
        "0.2, 0.05, 0.582050",
        "0.2, 0.20, 0.785444",
        "0.5, 0.01, 0.127537",
        "0.5, 0.10, 0.409666",
        "0.5, 0.30, 0.738020",
        "1.0, 0.10, 0.200000",
        "1.0, 0.40, 0.800000",
    })
    void sharesAreAsSmallAsTheDistributionSays(double parameter, double most, double probability) {
        // Given
        SplittableRandom random = new SplittableRandom(2);
        int draws = 20_000;

        // When
        long small = DoubleStream.generate(() -> Beta.symmetric(random, parameter))
                .limit(draws)
                .filter(share -> share <= most)
                .count();

        // Then: within four standard deviations of so many draws
        assertThat((double) small / draws)
                .isCloseTo(probability, within(4 * Math.sqrt(probability * (1 - probability) / draws)));
    }
}
