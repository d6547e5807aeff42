// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Decision;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameFateTest {
    @ParameterizedTest
    @CsvSource({
        "SORT, ROUTED",
        "AMBIGUOUS, ROUTED",
        "UNCERTAIN, ROUTED",
        "LATE, LATE",
        "UNREADABLE, UNREADABLE",
    })
    void frameThatLedToADecisionSharesItsFate(Decision decision, FrameFate expected) {
        // When
        FrameFate fate = FrameFate.of(decision);

        // Then
        assertThat(fate).isEqualTo(expected);
    }
}
