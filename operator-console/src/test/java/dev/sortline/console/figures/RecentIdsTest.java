// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RecentIdsTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    private final RecentIds ids = new RecentIds();

    @Test
    void idIsNewOnce() {
        // Given
        ids.isNew("a", NOON);

        // When
        boolean again = ids.isNew("a", NOON.plusSeconds(599));

        // Then
        assertThat(again).isFalse();
    }

    @Test
    void idIsForgottenWhenItsFrameIs() {
        // Given
        ids.isNew("a", NOON);
        ids.isNew("b", NOON.plusSeconds(601));

        // When
        boolean again = ids.isNew("a", NOON.plusSeconds(601));

        // Then
        assertThat(again).isTrue();
    }

    @Test
    void doesNotGrowWithoutEnd() {
        // When
        for (int i = 0; i < 2 * RecentIds.MOST; i++) {
            ids.isNew("item-" + i, NOON);
        }

        // Then
        assertThat(ids.size()).isEqualTo(RecentIds.MOST);
    }

    @Test
    void oneWrongClockDoesNotMakeItForgetWhatComesAfter() {
        // Given
        ids.isNew("far", Instant.parse("9999-01-01T00:00:00Z"));
        ids.isNew("a", NOON);

        // When
        boolean again = ids.isNew("a", NOON);

        // Then
        assertThat(again).isFalse();
    }
}
