// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

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
}
