// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEvent.Model;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanEdition;
import dev.sortline.sorting.SortingPlan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** On a belt whose ejectors' deadlines are 465 ms (glass) and 1965 ms (metal) after capture. */
class ItemDecisionTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration DEADLINE = Duration.ofMillis(465);

    @Test
    void plansCallAnEmptyBeltAsModelsDo() {
        // Then
        assertThat(SortingPlan.EMPTY_BELT).isEqualTo(ModelPackage.EMPTY_LABEL);
    }

    @Test
    void itemThatIsDecidedAtItsEjectorsDeadlineIsSorted() {
        // Given
        var vote = vote(Map.of("glass", 0.9, "metal", 0.1), null);

        // When
        var event = decided(vote, DEADLINE).orElseThrow();

        // Then
        assertThat(event.decision()).isEqualTo(Decision.SORT);
        assertThat(event.lane()).isEqualTo("glass");
        assertThat(event.ejector()).isEqualTo(1);
        assertThat(event.fireAt()).isEqualTo(CAPTURED.plusMillis(485));
        assertThat(event.deadline()).isEqualTo(CAPTURED.plus(DEADLINE));
        assertThat(event.decidedAt()).isEqualTo(CAPTURED.plus(DEADLINE));
        assertThat(event.reason()).isNull();
    }

    @Test
    void itemThatIsDecidedAfterItsEjectorsDeadlineRunsOn() {
        // Given
        var vote = vote(Map.of("glass", 0.9, "metal", 0.1), null);

        // When
        var event = decided(vote, DEADLINE.plusNanos(1)).orElseThrow();

        // Then
        assertThat(event.decision()).isEqualTo(Decision.LATE);
        assertThat(event.lane()).isEqualTo("residue");
        assertThat(event.ejector()).isNull();
        assertThat(event.fireAt()).isNull();
        assertThat(event.reason()).isEqualTo("decided after the ejector's deadline");
        assertThat(event.fraction()).isEqualTo("glass");
    }

    @Test
    void itemUnlikeAnythingTheModelKnowsRunsOnAndTheEventSaysWhy() {
        // Given
        var plan = Lines.plan(0.5);
        var careful =
                new PlanEdition("careful", "00000000000c", new SortingPlan(plan.fractions(), plan.fallback(), 0.05));
        var line = new Line("line-1", Lines.BELT, careful);
        var ballot = new Ballot(
                "frame-1",
                "camera-1",
                CAPTURED,
                null,
                null,
                Map.of("glass", 0.98, "metal", 0.02),
                0.0123456789,
                null,
                null,
                new StageMicros(1, 2, 3, 0));
        var decision = new ItemDecision(known -> new Model("model", "1"), InstantSource.fixed(CAPTURED), () -> 0);

        // When
        var event = decision.decide(line, new ItemVote("item", List.of(ballot))).orElseThrow();

        // Then
        assertThat(event.decision()).isEqualTo(Decision.UNCERTAIN);
        assertThat(event.lane()).isEqualTo("residue");
        assertThat(event.ejector()).isNull();
        assertThat(event.familiarity()).isEqualTo(0.012346);
        assertThat(event.reason())
                .isEqualTo("unlike anything it was trained on: familiarity 0.012 is below the plan's 0.050");
    }

    @Test
    void itemThatNoEjectorMovesIsNeverLate() {
        // Given
        var vote = vote(Map.of("trash", 0.9, "metal", 0.1), null);

        // When
        var event = decided(vote, Duration.ofDays(1)).orElseThrow();

        // Then
        assertThat(event.decision()).isEqualTo(Decision.SORT);
        assertThat(event.lane()).isEqualTo("residue");
    }

    @Test
    void emptyBeltMakesNoEvent() {
        // Given
        var vote = vote(Map.of("glass", 0.4, "empty", 0.6), null);

        // When
        var event = decided(vote, Duration.ZERO);

        // Then
        assertThat(event).isEmpty();
    }

    @Test
    void itemThatCouldNotBeReadRunsOnAndSaysWhy() {
        // Given
        var vote = vote(Map.of(), "cut off");

        // When
        var event = decided(vote, Duration.ZERO).orElseThrow();

        // Then
        assertThat(event.decision()).isEqualTo(Decision.UNREADABLE);
        assertThat(event.lane()).isEqualTo("residue");
        assertThat(event.reason()).isEqualTo("cut off");
        assertThat(event.label()).isNull();
        assertThat(event.fraction()).isNull();
        assertThat(event.confidence()).isNull();
        assertThat(event.gap()).isNull();
    }

    @Test
    void itemThatWasNotLookedAtIsLate() {
        // Given
        var vote = vote(Map.of(), null);

        // When
        var event = decided(vote, Duration.ZERO).orElseThrow();

        // Then
        assertThat(event.decision()).isEqualTo(Decision.LATE);
        assertThat(event.reason()).isEqualTo("too old to be decided in time");
    }

    @Test
    void probabilitiesAreToldWithSixDigits() {
        // Given
        var vote = vote(Map.of("glass", 0.912345678, "metal", 0.087654322), null);

        // When
        var event = decided(vote, Duration.ZERO).orElseThrow();

        // Then
        assertThat(event.confidence()).isEqualTo(0.912346);
        assertThat(event.gap()).isEqualTo(0.824691);
        assertThat(event.probabilities()).containsOnly(Map.entry("glass", 0.912346), Map.entry("metal", 0.087654));
    }

    @Test
    void timeThatTheDecisionTookIsToldInMicroseconds() {
        // Given
        var nanos = new AtomicLong(5_000_000);
        var decision = new ItemDecision(
                line -> new Model("model", "1"), InstantSource.fixed(CAPTURED), () -> nanos.getAndAdd(42_999));

        // When
        var event = decision.decide(Lines.line("line-1"), vote(Map.of("glass", 0.9, "metal", 0.1), null))
                .orElseThrow();

        // Then
        assertThat(event.stageMicros()).isEqualTo(new StageMicros(1, 2, 3, 42));
    }

    private static Optional<RoutingEvent> decided(ItemVote vote, Duration after) {
        var decision =
                new ItemDecision(line -> new Model("model", "1"), InstantSource.fixed(CAPTURED.plus(after)), () -> 0);
        return decision.decide(Lines.line("line-1"), vote);
    }

    private static ItemVote vote(Map<String, Double> probabilities, @Nullable String problem) {
        var ballot = new Ballot(
                "frame-1",
                "camera-1",
                CAPTURED,
                null,
                null,
                probabilities,
                null,
                null,
                problem,
                new StageMicros(1, 2, 3, 0));
        return new ItemVote("item", List.of(ballot));
    }
}
