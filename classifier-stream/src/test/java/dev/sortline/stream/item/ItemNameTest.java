// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Frame;
import dev.sortline.sorting.Lines;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** On a belt that an item has passed, from the zero mark to the furthest ejector, after 2 s. */
class ItemNameTest {
    private static final Instant DECIDED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration WAY = Duration.ofSeconds(2);

    @Test
    void frameShowsTheSameItemAsLongAsThatMayBeOnTheBelt() {
        // Given
        var taken = taken(DECIDED.plus(WAY));

        // When
        boolean usedAgain = ItemName.isUsedAgain(taken, DECIDED);

        // Then
        assertThat(usedAgain).isFalse();
    }

    @Test
    void frameShowsAnotherItemOnceTheFirstHasPassedTheBelt() {
        // Given
        var taken = taken(DECIDED.plus(WAY).plusNanos(1));

        // When
        boolean usedAgain = ItemName.isUsedAgain(taken, DECIDED);

        // Then
        assertThat(usedAgain).isTrue();
    }

    @Test
    void nameHasTheTimeOfItsFirstFrame() {
        // Given
        var first = taken(Instant.ofEpochMilli(1_767_225_600_123L)).frame();

        // When
        String name = ItemName.ofUsedAgain(first);

        // Then
        assertThat(name).isEqualTo("item-7.1767225600123");
    }

    private static TakenFrame taken(Instant capturedAt) {
        var frame = new Frame("line-1", "camera-1", 1, "item-7", capturedAt, null, "image/png", null, new byte[0]);
        return new TakenFrame(frame, Lines.line("line-1"), capturedAt, capturedAt);
    }
}
