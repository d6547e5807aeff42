// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClearlyBetterTest {
    @Test
    void takesTheFasterWay() {
        // Given
        double[][] seconds = {{10, 10, 11, 10, 10}, {8, 8, 8, 8, 8}, {5, 5, 6, 5, 5}};

        // Then
        assertThat(ClearlyBetter.of(seconds, 0.1)).isEqualTo(2);
    }

    @Test
    void keepsTheSimplerWayWhereTheGainIsSmall() {
        // Given
        double[][] seconds = {{10, 10, 10, 10, 10}, {9.5, 9.4, 9.5, 9.5, 9.5}};

        // Then
        assertThat(ClearlyBetter.of(seconds, 0.1)).isZero();
    }

    @Test
    void believesNoGainThatOnlySomeRoundsShow() {
        // Given
        double[][] seconds = {{10, 10, 30, 40, 30}, {10, 10, 10, 10, 10}};

        // Then
        assertThat(ClearlyBetter.of(seconds, 0.1)).isZero();
    }

    @Test
    void forgivesTheBetterWayADisturbedRound() {
        // Given
        double[][] seconds = {{10, 10, 10, 10, 10, 10, 10}, {7, 7, 40, 7, 7, 7, 7}};

        // Then
        assertThat(ClearlyBetter.of(seconds, 0.1)).isEqualTo(1);
    }

    @Test
    void takesTheFasterWayWhereOtherWorkDisturbedNearlyHalfOfItsRounds() {
        // Given
        double[][] seconds = {{10, 10, 10, 10, 10, 10, 10}, {7, 25, 7, 40, 7, 11, 7}};

        // Then
        assertThat(ClearlyBetter.of(seconds, 0.1)).isEqualTo(1);
    }

    @Test
    void choosesTheSameFromStartToStartOnANoisyMachine() {
        // Given
        Random random = new Random(5);
        Set<Integer> chosen = new HashSet<>();

        // When
        for (int start = 0; start < 200; start++) {
            double[][] seconds = new double[4][7];
            for (int round = 0; round < 7; round++) {
                double disturbed = 1 + random.nextDouble();
                for (int way = 0; way < 4; way++) {
                    seconds[way][round] = disturbed * (1 - 0.01 * way) * (1 + 0.03 * random.nextGaussian());
                }
            }
            chosen.add(ClearlyBetter.of(seconds, 0.1));
        }

        // Then
        assertThat(chosen).containsExactly(0);
    }
}
