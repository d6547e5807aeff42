// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.folder.Settling.Found;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class SettlingTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final long MILLI = 1_000_000;

    private final Settling settling = new Settling(Duration.ofMillis(300));

    @Test
    void fileThatHasNotChangedForLongEnoughIsSettled() {
        // Given
        var file = file("a", 10, NOON);
        settling.settled(List.of(file), 0, NOON);

        // When
        var settled = settling.settled(List.of(file), 300 * MILLI, NOON.plusMillis(300));

        // Then
        assertThat(settled).containsExactly(file);
    }

    @Test
    void fileThatGrowsIsWaitedForAnew() {
        // Given
        settling.settled(List.of(file("a", 10, NOON)), 0, NOON);
        settling.settled(List.of(file("a", 20, NOON)), 200 * MILLI, NOON.plusMillis(200));

        // When
        var settled = settling.settled(List.of(file("a", 20, NOON)), 499 * MILLI, NOON.plusMillis(499));

        // Then
        assertThat(settled).isEmpty();
        assertThat(settling.untilNext(499 * MILLI)).isEqualTo(MILLI);
    }

    @Test
    void fileThatWasWrittenLongBeforeItAppearedIsSettledAtOnce() {
        // When
        var settled = settling.settled(List.of(file("a", 10, NOON)), 0, NOON.plusMillis(300));

        // Then
        assertThat(settled).hasSize(1);
    }

    @Test
    void settledFilesComeByTimeThenName() {
        // Given
        var found = List.of(file("c", 1, NOON), file("b", 1, NOON.plusMillis(1)), file("a", 1, NOON.plusMillis(1)));

        // When
        var settled = settling.settled(found, 0, NOON.plusSeconds(5));

        // Then
        assertThat(settled).extracting(file -> file.file().toString()).containsExactly("c", "a", "b");
    }

    @Test
    void fileWithoutAnEndIsReadAgainOnlyWhenItHasChanged() {
        // Given
        var file = file("a", 10, NOON);
        settling.settled(List.of(file), 0, NOON.plusSeconds(1));
        settling.unfinished(file);

        // When
        var unchanged = settling.settled(List.of(file), 1_000 * MILLI, NOON.plusSeconds(2));
        settling.settled(List.of(file("a", 20, NOON)), 2_000 * MILLI, NOON.plusSeconds(3));
        var grown = settling.settled(List.of(file("a", 20, NOON)), 2_300 * MILLI, NOON.plusSeconds(4));

        // Then
        assertThat(unchanged).isEmpty();
        assertThat(grown).hasSize(1);
    }

    @Test
    void fileWithoutAnEndIsGivenUpAfterAMinute() {
        // Given
        var file = file("a", 10, NOON);
        settling.settled(List.of(file), 0, NOON);
        settling.unfinished(file);

        // When / Then
        assertThat(settling.givenUp(59_999 * MILLI)).isEmpty();
        assertThat(settling.givenUp(60_000 * MILLI)).containsExactly(file);
    }

    private static Found file(String name, long size, Instant modified) {
        return new Found(Path.of(name), size, modified);
    }
}
