// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {

    /** The shares that the score test at 5 % just does not reject, found by bisection of its equation. */
    @ParameterizedTest
    @CsvSource({
        "7, 10, 0.39678, 0.89221",
        "0, 10, 0, 0.27753",
        "10, 10, 0.72247, 1",
        "299, 327, 0.87903, 0.94009",
        "1, 1, 0.20655, 1",
    })
    void isTheWilsonScoreInterval(int right, int total, double low, double high) {
        // When
        Interval interval = Interval.wilson(right, total);

        // Then
        assertThat(interval.low()).isCloseTo(low, within(6e-6));
        assertThat(interval.high()).isCloseTo(high, within(6e-6));
    }

    /** Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0.0000, 0.1611",
        "1, 29, 0.0061, 0.1718",
    })
    void isWhatNewcombeTabulates(int right, int total, double low, double high) {
        // When
        Interval interval = Interval.wilson(right, total);

        // Then
        assertThat(interval.low()).isCloseTo(low, within(5e-5));
        assertThat(interval.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void refusesAShareOfNothing() {
        // Then
        assertThatThrownBy(() -> Interval.wilson(0, 0)).hasMessage("0 of 0 is no share");
    }
}
