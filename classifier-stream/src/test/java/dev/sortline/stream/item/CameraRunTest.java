// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Frame;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a belt whose furthest ejector's deadline is 1965 ms after capture, with three frames an item. */
class CameraRunTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Line LINE = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    @Test
    void itemIsNamedAfterTheFirstFrame() {
        // Given
        var run = CameraRun.startingAt(frame(7, Duration.ZERO)).with(frame(8, Duration.ofMillis(50)));

        // When
        String item = run.itemId();

        // Then
        assertThat(item).isEqualTo(frame(7, Duration.ZERO).item());
        assertThat(run.frames()).isEqualTo(2);
        assertThat(run.startedAt()).isEqualTo(CAPTURED);
    }

    @ParameterizedTest
    @CsvSource({
        "8, 50, true", // the same again
        "7, 0, true", // an earlier one
        "9, 50, false", // the next number, whatever its time
        "8, 51, false", // counted again, later
        "0, 51, false"
    })
    void frameWasThereBeforeWhenNeitherItsNumberNorItsTimeIsNew(long sequence, long millis, boolean before) {
        // Given
        var run = CameraRun.startingAt(frame(7, Duration.ZERO)).with(frame(8, Duration.ofMillis(50)));

        // When
        boolean seen = run.hasSeen(frame(sequence, Duration.ofMillis(millis)));

        // Then
        assertThat(seen).isEqualTo(before);
    }

    @Test
    void runGoesOnUntilItHasAllFramesOfAnItem() {
        // Given
        var run = CameraRun.startingAt(frame(7, Duration.ZERO)).with(frame(8, Duration.ofMillis(50)));

        // When
        boolean third = run.goesOnWith(frame(9, Duration.ofMillis(100)), LINE);

        // Then
        assertThat(third).isTrue();
        assertThat(run.with(frame(9, Duration.ofMillis(100))).goesOnWith(frame(10, Duration.ofMillis(150)), LINE))
                .isFalse();
    }

    @Test
    void runGoesOnUntilItsItemHasPassedTheLastEjectorsDeadline() {
        // Given
        var run = CameraRun.startingAt(frame(7, Duration.ZERO));
        var deadline = Duration.ofMillis(1965);

        // When
        boolean atTheDeadline = run.goesOnWith(frame(8, deadline), LINE);

        // Then
        assertThat(atTheDeadline).isTrue();
        assertThat(run.goesOnWith(frame(8, deadline.plusNanos(1)), LINE)).isFalse();
    }

    @Test
    void emptyBeltEndsARun() {
        // Given
        var run = CameraRun.startingAt(frame(7, Duration.ZERO)).endedBy(frame(8, Duration.ofMillis(50)));

        // When
        boolean goesOn = run.goesOnWith(frame(9, Duration.ofMillis(100)), LINE);

        // Then
        assertThat(goesOn).isFalse();
        assertThat(run.frames()).isEqualTo(1);
        assertThat(run.hasSeen(frame(8, Duration.ofMillis(50)))).isTrue();
    }

    private static Frame frame(long sequence, Duration after) {
        return new Frame(
                "line-1", "camera-1", sequence, null, CAPTURED.plus(after), null, "image/png", null, new byte[0]);
    }
}
