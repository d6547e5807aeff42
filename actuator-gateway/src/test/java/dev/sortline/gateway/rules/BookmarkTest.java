// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class BookmarkTest {
    @Test
    void whatIsKeptBesideTheOffsetComesBack() {
        // Given
        var bookmark = new Bookmark(4_711, Set.of(4_712L, 4_720L, 5_000L));

        // When
        var read = Bookmark.of(bookmark.firstOpen(), bookmark.metadata());

        // Then
        assertThat(read).isEqualTo(bookmark);
    }

    @Test
    void metadataOfSomebodyElseTellsNothing() {
        // When
        var read = Bookmark.of(4_711, "not ours!");

        // Then
        assertThat(read.settledBeyond()).isEmpty();
    }

    @Test
    void whatEitherKnowsToBeSettledIsSettled() {
        // Given
        var one = new Bookmark(10, Set.of(12L, 15L));
        var other = new Bookmark(8, Set.of(9L, 10L, 11L, 20L));

        // When
        var both = one.and(other);

        // Then
        assertThat(both).isEqualTo(other.and(one)).isEqualTo(new Bookmark(13, Set.of(15L, 20L)));
    }

    @Test
    void whatLiesFurtherAheadThanABrokersWordsReachIsNotTold() {
        // Given
        var bookmark = new Bookmark(4_711, Set.of(4_711L + 23_999, 4_711L + 24_000));

        // When
        var read = Bookmark.of(bookmark.firstOpen(), bookmark.metadata());

        // Then
        assertThat(read.settledBeyond()).containsExactly(4_711L + 23_999);
    }

    @Test
    void neverLongerThanABrokerTakes() {
        // Given
        var bookmark = new Bookmark(0, LongStream.range(1, 100_000).boxed().collect(Collectors.toSet()));

        // When
        String metadata = bookmark.metadata();

        // Then
        assertThat(metadata).hasSizeLessThanOrEqualTo(4_096);
        assertThat(Bookmark.of(0, metadata).settledBeyond())
                .contains(1L, 20_000L)
                .doesNotContain(50_000L);
    }
}
