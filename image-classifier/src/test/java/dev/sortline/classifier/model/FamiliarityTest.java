// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamiliarityTest {
    private final Familiarity familiarity = new Familiarity(List.of(-8.0, -4.0, -4.0, -1.0, 0.0));

    @ParameterizedTest
    @CsvSource({"-100, 0", "-8, 0", "-6, 0.125", "-4.001, 0.249", "-4, 0.5", "-2.5, 0.625", "-1, 0.75", "0, 1", "7, 1"})
    void isTheShareOfKnownPicturesThatAreLessFamiliar(double score, double share) {
        // Then
        assertThat(familiarity.of(score)).isCloseTo(share, within(1e-3));
    }

    @Test
    void isNothingWhereTheNetworkIsInfinitelyFarAway() {
        // Then
        assertThat(familiarity.of(Double.NEGATIVE_INFINITY)).isZero();
    }

    @Test
    void refusesWhatABrokenNetworkSays() {
        // Then
        assertThatThrownBy(() -> familiarity.of(Double.NaN))
                .hasMessage("the network answered NaN: the model is broken");
    }
}
