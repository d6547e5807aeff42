// SPDX-License-Identifier: Apache-2.0
package dev.sortline.gateway.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.gateway.firing.Events;
import dev.sortline.gateway.firing.HandClock;
import dev.sortline.gateway.rules.EjectorSchedule.Due;
import dev.sortline.gateway.rules.EjectorSchedule.Planned;
import dev.sortline.gateway.rules.EjectorSchedule.Settled;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EjectorScheduleTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final HandClock clock = new HandClock();
    private final ClockTrust trust = new ClockTrust();
    private final EjectorSchedule schedule = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);

    @BeforeEach
    void running() {
        clock.advance(SECOND);
        beat();
    }

    @Test
    void shotIsHandedOutItsLeadAheadOfItsTimeAndNotBefore() {
        // Given
        accept(sort("a", 1, inMillis(1_000)));
        clock.advanceMillis(999 - EjectorSchedule.LEAD.toMillis());
        beat();
        var before = due();

        // When
        clock.advanceMillis(1);
        var atItsTime = due();

        // Then
        assertThat(before).isEmpty();
        assertThat(atItsTime).singleElement().satisfies(due -> {
            assertThat(due.dropped()).isNull();
            assertThat(due.planned().shot().ejector()).isEqualTo(1);
        });
    }

    @Test
    void shotsFireInTheOrderOfTheirTimes() {
        // Given
        accept(sort("far", 5, inMillis(900)));
        accept(sort("near", 1, inMillis(300)));

        // When
        clock.advanceMillis(300);
        var first = due();
        clock.advanceMillis(600);
        var second = due();

        // Then
        assertThat(first)
                .extracting(due -> due.planned().shot().event().itemId())
                .containsExactly("near");
        assertThat(second)
                .extracting(due -> due.planned().shot().event().itemId())
                .containsExactly("far");
    }

    @Test
    void repeatOfAnItemIsADuplicateWhateverItSays() {
        // Given
        accept(sort("a", 1, inMillis(1_000)));

        // When
        var repeat = accept(sort("a", 2, inMillis(2_000)));

        // Then
        assertThat(repeat).isEqualTo(new Settled(EventFate.DUPLICATE));
    }

    @Test
    void sortedItemThatWasFirstToldToRunOnDoesNotFire() {
        // Given
        accept(Events.unsure("line-1", "a", clock.wall()));

        // When
        var repeat = accept(sort("a", 1, inMillis(1_000)));

        // Then
        assertThat(repeat).isEqualTo(new Settled(EventFate.DUPLICATE));
    }

    @Test
    void itemThatAPredecessorHasHadDoesNotFireAgain() {
        // Given
        schedule.remember(sort("a", 1, inMillis(-100)), clock.get());

        // When
        var repeat = accept(sort("a", 2, inMillis(2_000)));

        // Then
        assertThat(repeat).isEqualTo(new Settled(EventFate.DUPLICATE));
    }

    @Test
    void itemIsRememberedForLongerThanItsFramesAreKept() {
        // Given
        accept(sort("a", 1, inMillis(1_000)));
        clock.advance(Duration.ofMinutes(10));
        beat();

        // When
        var repeat = accept(sort("a", 1, inMillis(1_000)));

        // Then
        assertThat(repeat).isEqualTo(new Settled(EventFate.DUPLICATE));
    }

    @ParameterizedTest
    @CsvSource({"0, true", "1, false"})
    void itemIsForgottenOnceItsTimeInMemoryIsOver(long nanosAfterMemory, boolean remembered) {
        // Given
        accept(sort("a", 1, inMillis(1_000)));
        schedule.remember(sort("b", 1, inMillis(-100)), clock.get());
        clock.advance(EjectorSchedule.MEMORY.plusNanos(nanosAfterMemory));
        beat();

        // When
        var again = accept(sort("a", 1, inMillis(1_000)));
        var other = accept(sort("b", 2, inMillis(1_000)));

        // Then
        assertThat(again.equals(new Settled(EventFate.DUPLICATE))).isEqualTo(remembered);
        assertThat(other.equals(new Settled(EventFate.DUPLICATE))).isEqualTo(remembered);
    }

    @Test
    void repeatDoesNotProlongTheMemoryOfAnItem() {
        // Given
        accept(sort("a", 1, inMillis(1_000)));
        clock.advance(EjectorSchedule.MEMORY);
        accept(sort("a", 1, inMillis(1_000)));
        clock.advance(Duration.ofNanos(1));
        beat();

        // When
        var again = accept(sort("a", 1, inMillis(1_000)));

        // Then
        assertThat(again).isInstanceOf(Planned.class);
    }

    @Test
    void unsureItemRunsOn() {
        // When
        var outcome = accept(Events.unsure("line-1", "a", clock.wall()));

        // Then
        assertThat(outcome).isEqualTo(new Settled(EventFate.RESIDUAL));
    }

    @ParameterizedTest
    @CsvSource({"19, LATE", "0, LATE", "-5, LATE"})
    void eventPastItsDeadlineIsLate(long millis, EventFate fate) {
        // When
        var outcome = accept(sort("a", 1, inMillis(millis)));

        // Then
        assertThat(outcome).isEqualTo(new Settled(fate));
    }

    @Test
    void eventAtItsDeadlineIsInTime() {
        // When
        var outcome = accept(sort("a", 1, inMillis(20)));

        // Then
        assertThat(outcome).isInstanceOf(Planned.class);
    }

    @Test
    void shotThatTheGatewayIsTooLateForIsLate() {
        // Given
        accept(sort("a", 1, inMillis(500)));

        // When
        clock.advanceMillis(521);
        var due = due();

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly(EventFate.LATE);
    }

    @Test
    void shotStillLeavesAtTheEndOfItsTolerance() {
        // Given
        accept(sort("a", 1, inMillis(500)));

        // When
        clock.advanceMillis(520);
        var due = due();

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly((EventFate) null);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_000, -1, 0, 499})
    void nothingFiresWhoseTimeWasAPredecessors(long millisAfterTakeover) {
        // Given
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        beat(takenOver);

        // When
        var outcome = takenOver.accept(sort("a", 1, inMillis(millisAfterTakeover)), 0, clock.get());

        // Then
        assertThat(outcome).isEqualTo(new Settled(EventFate.PAST));
    }

    @ParameterizedTest
    @ValueSource(longs = {-5_000, -700})
    void predecessorsShotIsNotToldAsLateByAGatewayWhoseClockWasSlowAtTheTakeover(long offMillis) {
        // Given
        var firedBefore = sort("a", 1, inMillis(-100));
        clock.set(Duration.ofMillis(offMillis));
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        clock.set(Duration.ofMillis(-offMillis));
        step(takenOver);
        clock.advanceMillis(100);
        beat(takenOver);

        // When
        var outcome = takenOver.accept(firedBefore, 0, clock.get());

        // Then
        assertThat(outcome).isEqualTo(new Settled(EventFate.PAST));
    }

    @Test
    void nothingIsToldOfShotsThatAPredecessorMayHaveFiredBeforeAHeartbeatAgrees() {
        // Given
        clock.set(Duration.ofSeconds(-5));
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        step(takenOver);

        // When
        var outcomes = List.of(
                takenOver.accept(sort("late", 1, inMillis(-100)), 0, clock.get()),
                takenOver.accept(sort("untrusted", 1, inMillis(1_000)), 1, clock.get()));

        // Then
        assertThat(outcomes).containsOnly(new Settled(EventFate.PAST));
    }

    @Test
    void nothingFiresBeforeTheFirstHeartbeat() {
        // Given
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        takenOver.accept(sort("a", 1, inMillis(1_000)), 0, clock.get());

        // When
        clock.advanceMillis(1_000);
        var due = takenOver.due(clock.get().nanos(), true);

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly(EventFate.PAST);
    }

    @Test
    void itemsThatWereOnTheBeltAtATakeoverWaitForTheFirstHeartbeat() {
        // Given
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        takenOver.accept(sort("a", 1, inMillis(1_000)), 0, clock.get());
        clock.advanceMillis(900);
        beat(takenOver);

        // When
        clock.advanceMillis(100);
        var due = takenOver.due(clock.get().nanos(), true);

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly((EventFate) null);
    }

    @Test
    void firstHeartbeatIsNotWaitedForForEver() {
        // Given
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        takenOver.accept(sort("a", 1, inMillis(5_000)), 0, clock.get());

        // When
        clock.advanceMillis(2_000);
        var due = takenOver.due(clock.get().nanos(), true);
        var after = takenOver.accept(sort("b", 1, inMillis(5_000)), 0, clock.get());

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly(EventFate.PAST);
        assertThat(after).isEqualTo(new Settled(EventFate.PAST));
    }

    @Test
    void whatWaitsIsDroppedAsSoonAsTheHeartbeatIsMissing() {
        // Given
        accept(sort("a", 1, inMillis(2_500)));
        accept(sort("b", 2, inMillis(1_900)));

        // When
        clock.advanceMillis(2_000);
        long asked = schedule.nextNanos();
        var due = due();

        // Then
        assertThat(asked - clock.get().nanos()).isLessThanOrEqualTo(0);
        assertThat(due).extracting(Due::dropped).containsOnly(EventFate.HEARTBEAT_MISSING);
        assertThat(due).hasSize(2);
    }

    @Test
    void heartbeatKeepsTheLineAlive() {
        // Given
        accept(sort("a", 1, inMillis(2_500)));
        clock.advance(SECOND);
        beat();

        // When
        clock.advanceMillis(1_500);
        var due = due();

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly((EventFate) null);
    }

    @ParameterizedTest
    @ValueSource(longs = {-3_600_000, -700, 700, 3_600_000})
    void plannedShotKeepsItsTimeWhenTheClockIsSet(long stepMillis) {
        // Given
        accept(sort("a", 1, inMillis(1_000)));

        // When
        clock.set(Duration.ofMillis(stepMillis));
        step(schedule);
        clock.advanceMillis(999 - EjectorSchedule.LEAD.toMillis());
        var before = due();
        clock.advanceMillis(1);
        var atItsTime = due();

        // Then
        assertThat(before).isEmpty();
        assertThat(atItsTime).extracting(Due::dropped).containsExactly((EventFate) null);
    }

    @ParameterizedTest
    @ValueSource(longs = {-5_000, 5_000})
    void shotThatWasPlannedByAClockThatNoHeartbeatHadAgreedWithDoesNotFireWhenItIsSetRight(long offMillis) {
        // Given
        clock.set(Duration.ofMillis(offMillis));
        var takenOver = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        var event = sort("a", 1, inMillis(1_000));
        takenOver.accept(event, 0, clock.get());

        // When
        clock.set(Duration.ofMillis(-offMillis));
        step(takenOver);
        clock.advanceMillis(100);
        beat(takenOver);
        clock.advanceMillis(900);
        var due = takenOver.due(clock.get().nanos(), true);

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly(EventFate.PAST);
        assertThat(takenOver.nextNanos()).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void afterTheClockWasSetNothingNewFiresBeforeAHeartbeatThatAgrees() {
        // Given
        clock.set(Duration.ofMillis(-300));
        step(schedule);

        // When
        var before = accept(sort("a", 1, inMillis(1_000)));
        clock.advanceMillis(100);
        beat();
        var after = accept(sort("b", 2, inMillis(1_000)));

        // Then
        assertThat(before).isEqualTo(new Settled(EventFate.CLOCK_STEPPED));
        assertThat(after).isInstanceOf(Planned.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 149, true", "1, -149, true", "1, 150, false", "1, -150, false", "2, 0, false"})
    void secondItemWithinAnEjectorsRecoveryRunsOn(int ejector, long millisApart, boolean conflict) {
        // Given
        accept(sort("first", 1, inMillis(1_000)));

        // When
        var second = accept(sort("second", ejector, inMillis(1_000 + millisApart)));

        // Then
        assertThat(second.equals(new Settled(EventFate.CONFLICT))).isEqualTo(conflict);
    }

    @Test
    void ejectorRecoversFromAShotThatHasBeenFired() {
        // Given
        accept(sort("first", 1, inMillis(100)));
        clock.advanceMillis(100);
        due();

        // When
        var second = accept(sort("second", 1, inMillis(100)));

        // Then
        assertThat(second).isEqualTo(new Settled(EventFate.CONFLICT));
    }

    @ParameterizedTest
    @ValueSource(longs = {100, 3_000})
    void lineThatMayBeAnothersDoesNotFireAlsoWhereItsHeartbeatIsMissing(long millisLater) {
        // Given
        accept(sort("a", 1, inMillis(100)));

        // When
        clock.advanceMillis(millisLater);
        var due = schedule.due(clock.get().nanos(), false);

        // Then
        assertThat(due).extracting(Due::dropped).containsExactly(EventFate.NOT_OWNER);
    }

    @Test
    void timeThatCannotBeIsUnreadable() {
        // When
        var outcome = accept(sort("a", 1, clock.wall().plus(Duration.ofDays(1))));

        // Then
        assertThat(outcome).isEqualTo(new Settled(EventFate.UNREADABLE));
    }

    @Test
    void ejectorsAreCountedFromZero() {
        // When
        var outcome = accept(sort("a", 0, inMillis(1_000)));

        // Then
        assertThat(outcome).isInstanceOf(Planned.class);
    }

    @Test
    void nothingIsToBeToldWhereNothingWaits() {
        // When
        long next = schedule.nextNanos();

        // Then
        assertThat(next).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void nextIsToldWhenTheNearestShotIsHandedOut() {
        // Given
        accept(sort("far", 5, inMillis(1_500)));
        accept(sort("near", 1, inMillis(1_000)));

        // When
        long next = schedule.nextNanos();

        // Then
        assertThat(next - clock.get().nanos())
                .isEqualTo(SECOND.minus(EjectorSchedule.LEAD).toNanos());
        assertThat(schedule.due(next - 1, true)).isEmpty();
        assertThat(schedule.due(next, true)).hasSize(1);
    }

    @Test
    void nextIsToldWhenTheLineIsGivenUpIfThatIsSoonerThanAnyShot() {
        // Given
        accept(sort("a", 1, inMillis(2_500)));

        // When
        long next = schedule.nextNanos();

        // Then
        assertThat(next - clock.get().nanos()).isEqualTo(Duration.ofSeconds(2).toNanos());
        assertThat(schedule.due(next - 1, true)).isEmpty();
        assertThat(schedule.due(next, true)).extracting(Due::dropped).containsExactly(EventFate.HEARTBEAT_MISSING);
    }

    @Test
    void shotsAreNumberedOneAfterTheOther() {
        // Given
        long first = numberOf(schedule, "first", 1);

        // When
        long second = numberOf(schedule, "second", 2);

        // Then
        assertThat(second).isEqualTo(first + 1);
    }

    @Test
    void numbersBeginAHundredFurtherOnForEachSecondThatALineIsTakenOverLater() {
        // Given
        long first = numberOf(new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust), "first", 1);
        clock.advance(SECOND);

        // When
        long later = numberOf(new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust), "later", 1);

        // Then
        assertThat(later).isEqualTo(first + 100);
    }

    @Test
    void numberOneComesAfterTheHighestThatAControllerCanHold() {
        // Given
        clock.set(Duration.between(clock.wall(), Instant.ofEpochMilli((0xffff_ffffL - 1) * 10)));
        var last = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        long highest = numberOf(last, "highest", 1);

        // When
        long next = numberOf(last, "next", 2);

        // Then
        assertThat(highest).isEqualTo(0xffff_ffffL);
        assertThat(next).isEqualTo(1);
    }

    @Test
    void successorGivesOutNoNumberThatItsPredecessorGaveOut() {
        // Given
        long last = 0;
        for (int item = 0; item < 100; item++) {
            clock.advanceMillis(20);
            beat();
            due();
            if (accept(sort("item-" + item, item, inMillis(1_000))) instanceof Planned planned) {
                last = planned.shot().number();
            }
        }

        // When
        var successor = new EjectorSchedule(FiringSettings.DEFAULT, clock.get(), trust);
        var outcome = successor.accept(sort("next", 1, inMillis(1_000)), 0, clock.get());

        // Then
        assertThat(((Planned) outcome).shot().number()).isGreaterThan(last);
    }

    private long numberOf(EjectorSchedule schedule, String item, int ejector) {
        var outcome = schedule.accept(sort(item, ejector, inMillis(1_000)), 0, clock.get());
        return ((Planned) outcome).shot().number();
    }

    private EjectorSchedule.Outcome accept(RoutingEvent event) {
        return schedule.accept(event, 0, clock.get());
    }

    private void beat() {
        beat(schedule);
    }

    private void beat(EjectorSchedule line) {
        trust.beat(clock.wall(), clock.get());
        line.pulse().beat(clock.wall(), clock.get());
    }

    private void step(EjectorSchedule line) {
        trust.clockStepped(clock.get());
        line.clockStepped();
    }

    private List<Due> due() {
        return schedule.due(clock.get().nanos(), true);
    }

    private Instant inMillis(long millis) {
        return clock.wall().plusMillis(millis);
    }

    private static RoutingEvent sort(String item, int ejector, Instant fireAt) {
        return Events.sort("line-1", item, ejector, fireAt);
    }
}
