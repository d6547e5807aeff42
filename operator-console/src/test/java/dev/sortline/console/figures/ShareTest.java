// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShareTest {

    /** Newcombe, "Two-sided confidence intervals for the single proportion", Statistics in Medicine 17 (1998), table I, method 3. */
    @ParameterizedTest
    @CsvSource({
        "81, 263, 0.2553, 0.3662",
        "15, 148, 0.0624, 0.1605",
        "0, 20, 0.0000, 0.1611",
        "1, 29, 0.0061, 0.1718",
    })
    void liesWhereNewcombeTabulates(long right, long total, double low, double high) {
        // When
        Share share = Share.of(right, total);

        // Then
        assertThat(share.value()).isEqualTo((double) right / total);
        assertThat(share.low()).isCloseTo(low, within(5e-5));
        assertThat(share.high()).isCloseTo(high, within(5e-5));
    }

    @Test
    void holdsForMoreItemsThanAnIntCounts() {
        // When
        Share share = Share.of(3_000_000_000L, 4_000_000_000L);

        // Then
        assertThat(share.low()).isCloseTo(0.75, within(1e-4)).isLessThan(0.75);
        assertThat(share.high()).isCloseTo(0.75, within(1e-4)).isGreaterThan(0.75);
    }

    @Test
    void ofNothingIsUnknown() {
        // Then
        assertThat(Share.of(0, 0)).isNull();
    }

    @Test
    void refusesMoreThanAll() {
        // Then
        assertThatThrownBy(() -> Share.of(3, 2)).hasMessage("3 of 2 is no share");
    }
}
