// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportPlacesTest {
    private final ReportPlaces places = new ReportPlaces();

    @Test
    void viewerHasOneReportAtATime() {
        // Given
        places.take("a");

        // When
        boolean second = places.take("a");

        // Then
        assertThat(second).isFalse();
    }

    @Test
    void twoViewersHaveOneEachAndAThirdNone() {
        // Given
        places.take("a");
        places.take("b");

        // When
        boolean third = places.take("c");

        // Then
        assertThat(third).isFalse();
    }

    @Test
    void placeThatIsLeftIsFreeAgain() {
        // Given
        places.take("a");
        places.take("b");
        places.leave("a");

        // When
        boolean third = places.take("c");

        // Then
        assertThat(third).isTrue();
    }
}
