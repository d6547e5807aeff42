// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OpenEventsTest {
    private final OpenEvents events = new OpenEvents(new Bookmark(10, Set.of(12L, 15L)));

    @ParameterizedTest
    @CsvSource({"0, false", "9, false", "10, true", "11, true", "12, false", "13, true", "15, false", "16, true"})
    void whatAPredecessorSettledIsNotTakenUpAgain(long offset, boolean takenUp) {
        // When
        boolean read = events.read(offset);

        // Then
        assertThat(read).isEqualTo(takenUp);
    }

    @Test
    void eventThatHasHadItsFateIsNotTakenUpAgain() {
        // Given
        events.read(10);
        events.settle(10);

        // When
        boolean read = events.read(10);

        // Then
        assertThat(read).isFalse();
    }

    @Test
    void historyThatIsReadAgainChangesNothingForTheSuccessor() {
        // Given
        events.read(8);
        events.read(9);

        // When
        var bookmark = events.bookmark();

        // Then
        assertThat(bookmark).isEqualTo(new Bookmark(10, Set.of(12L, 15L)));
    }

    @Test
    void successorBeginsWithTheFirstEventThatStillWaits() {
        // Given
        for (long offset = 10; offset < 20; offset++) {
            events.read(offset);
        }
        events.settle(10);
        events.settle(13);

        // When
        var bookmark = events.bookmark();

        // Then
        assertThat(bookmark).isEqualTo(new Bookmark(11, Set.of(12L, 13L, 15L)));
    }

    @Test
    void successorBeginsWithWhatIsYetToComeWhereNothingWaits() {
        // Given
        for (long offset = 10; offset < 20; offset++) {
            events.read(offset);
            events.settle(offset);
        }

        // When
        var bookmark = events.bookmark();

        // Then
        assertThat(bookmark).isEqualTo(new Bookmark(20, Set.of()));
    }

    @Test
    void successorIsToldWhatAPredecessorSettledBeforeThatIsReadAgain() {
        // Given
        events.read(10);

        // When
        var bookmark = events.bookmark();

        // Then
        assertThat(bookmark).isEqualTo(new Bookmark(10, Set.of(12L, 15L)));
    }

    @Test
    void successorBeginsBehindWhatAPredecessorSettledWhereNothingWaits() {
        // Given
        events.read(10);
        events.read(11);
        events.settle(10);
        events.settle(11);

        // When
        var bookmark = events.bookmark();

        // Then
        assertThat(bookmark).isEqualTo(new Bookmark(13, Set.of(15L)));
    }
}
