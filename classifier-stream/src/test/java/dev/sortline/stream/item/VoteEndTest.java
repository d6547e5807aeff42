// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** On a belt whose ejectors' deadlines are 465 ms (glass) and 1965 ms (metal) after capture, with three frames an item. */
class VoteEndTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Line LINE = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    @ParameterizedTest
    @CsvSource({"1, false", "2, false", "3, true"})
    void unsureVoteIsOverAtTheLastExpectedFrame(int frames, boolean over) {
        // Given
        var end = new VoteEnd(LINE, vote(frames, Map.of("glass", 0.5, "metal", 0.5)));

        // When
        boolean reached = end.isReached();

        // Then
        assertThat(reached).isEqualTo(over);
    }

    @Test
    void sureVoteIsOver() {
        // Given
        var end = new VoteEnd(LINE, vote(1, Map.of("glass", VoteEnd.SURE, "metal", 1 - VoteEnd.SURE)));

        // When
        boolean reached = end.isReached();

        // Then
        assertThat(reached).isTrue();
    }

    @Test
    void voteThatIsALittleLessThanSureWaits() {
        // Given
        double confidence = Math.nextDown(VoteEnd.SURE);
        var end = new VoteEnd(LINE, vote(1, Map.of("glass", confidence, "metal", 1 - confidence)));

        // When
        boolean reached = end.isReached();

        // Then
        assertThat(reached).isFalse();
    }

    @Test
    void sureVoteThatThePlanWouldNotSortWaits() {
        // Given
        var strict = new PlanEdition("strict", "00000000000a", Lines.plan(0.99));
        var line = new Line("line-1", Lines.BELT, new PlanInForce(strict), 3);
        var end = new VoteEnd(line, vote(1, Map.of("glass", 0.97, "metal", 0.03)));

        // When
        boolean reached = end.isReached();

        // Then
        assertThat(reached).isFalse();
        assertThat(end.latest()).isEqualTo(CAPTURED.plusMillis(1965));
    }

    @Test
    void sureViewOfAnEmptyBeltEndsNoVote() {
        // Given
        var end = new VoteEnd(LINE, vote(1, Map.of("glass", 0.01, "empty", 0.99)));

        // When
        boolean reached = end.isReached();

        // Then
        assertThat(reached).isFalse();
        assertThat(end.latest()).isEqualTo(CAPTURED.plusMillis(1965));
    }

    @Test
    void itemThatIsRatherAnEmptyBeltThanAnyLabelHasUntilTheLastDeadline() {
        // Given
        var plan = new SortingPlan(
                Map.of(
                        "glass", Lines.fraction("glass", 0.5, 0.1, "green-glass", "white-glass"),
                        "rest", Lines.fraction("residue", 0, 0)),
                "rest",
                null);
        var line = new Line("line-1", Lines.BELT, new PlanInForce(new PlanEdition("glass", "00000000000c", plan)), 3);
        var end = new VoteEnd(line, vote(1, Map.of("empty", 0.4, "green-glass", 0.3, "white-glass", 0.3)));

        // When
        Instant latest = end.latest();

        // Then
        assertThat(latest).isEqualTo(CAPTURED.plusMillis(1965));
    }

    @ParameterizedTest
    @CsvSource({"glass, 465", "metal, 1965", "trash, 1965"})
    void itemThatWouldBeSortedHasUntilTheDeadlineOfItsEjector(String label, long millis) {
        // Given
        var end = new VoteEnd(LINE, vote(1, Map.of(label, 0.9, "paper", 0.1)));

        // When
        Instant latest = end.latest();

        // Then
        assertThat(latest).isEqualTo(CAPTURED.plusMillis(millis));
    }

    @Test
    void itemOfWhichNothingIsKnownHasUntilTheLastDeadline() {
        // Given
        var end = new VoteEnd(LINE, vote(1, Map.of()));

        // When
        Instant latest = end.latest();

        // Then
        assertThat(latest).isEqualTo(CAPTURED.plusMillis(1965));
        assertThat(end.isReached()).isFalse();
    }

    @Test
    void voteOnABeltWithoutEjectorsIsOverWhenNoItemIsInViewAnyMore() {
        // Given
        var belt = new BeltGeometry(2, 20, "residue", null, null, Map.of());
        var plan = new SortingPlan(Map.of("all", Lines.fraction("residue", 0, 0)), "all", null);
        var line = new Line("line-1", belt, new PlanInForce(new PlanEdition("all", "00000000000b", plan)), 3);
        var end = new VoteEnd(line, vote(1, Map.of("glass", 0.6, "metal", 0.4)));

        // When
        Instant latest = end.latest();

        // Then
        assertThat(latest).isEqualTo(CAPTURED.plus(Duration.ofSeconds(10)));
    }

    private static ItemVote vote(int frames, Map<String, Double> probabilities) {
        List<Ballot> ballots = IntStream.range(0, frames)
                .mapToObj(frame -> new Ballot(
                        "frame-" + frame,
                        "camera-1",
                        CAPTURED.plusMillis(10L * frame),
                        null,
                        null,
                        probabilities,
                        null,
                        null,
                        null,
                        new StageMicros(0, 0, 0, 0)))
                .toList();
        return new ItemVote("item", ballots);
    }
}
