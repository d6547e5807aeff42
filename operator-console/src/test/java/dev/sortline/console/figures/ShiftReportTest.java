// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.console.Events;
import dev.sortline.console.figures.LineReport.FractionShare;
import dev.sortline.console.figures.LineReport.Hour;
import dev.sortline.console.figures.LineReport.LaneFigures;
import dev.sortline.console.figures.LineReport.Stop;
import dev.sortline.contract.Decision;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ShiftReportTest {
    private static final Instant SIX = Instant.parse("2026-03-02T06:00:00Z");
    private static final Instant SEVEN = SIX.plus(Duration.ofHours(1));

    private final ShiftReport report = new ShiftReport(SIX, SEVEN, Map.of("line-1", Events.PLAN));

    @Test
    void itemsAreCountedByDecisionFractionAndLane() {
        // Given
        report.add(Events.glass("line-1", "a", at(1)));
        report.add(Events.glass("line-1", "b", at(2)));
        report.add(Events.unsureCanThatIs("can", "line-1", "c", at(3)));
        report.add(Events.unclassified(Decision.LATE, "line-1", "d", at(4)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.items()).isEqualTo(4);
        assertThat(line.decisions())
                .containsExactly(
                        Map.entry(Decision.SORT, 2L),
                        Map.entry(Decision.AMBIGUOUS, 0L),
                        Map.entry(Decision.UNCERTAIN, 1L),
                        Map.entry(Decision.LATE, 1L),
                        Map.entry(Decision.UNREADABLE, 0L));
        assertThat(line.fractions())
                .containsExactly(new FractionShare("glass", 2, 0.5), new FractionShare("metal", 1, 0.25));
        assertThat(line.lanes()).extracting(LaneFigures::lane).containsExactly("G", "M", "R");
        assertThat(line.lanes()).extracting(LaneFigures::items).containsExactly(2L, 0L, 2L);
        assertThat(line.lanes()).extracting(LaneFigures::share).containsExactly(0.5, 0.0, 0.5);
    }

    @Test
    void sharesAreOfAllItems() {
        // Given
        report.add(Events.glass("line-1", "a", at(1)));
        report.add(Events.event("line-1", "b", at(1), Decision.AMBIGUOUS, "can", "metal", "R", 0.5, null));
        report.add(Events.unsureCanThatIs("can", "line-1", "c", at(1)));
        report.add(Events.unclassified(Decision.LATE, "line-1", "d", at(1)));
        report.add(Events.unclassified(Decision.UNREADABLE, "line-1", "e", at(1)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.unsureShare()).isEqualTo(0.4);
        assertThat(line.lateShare()).isEqualTo(0.2);
        assertThat(line.unreadableShare()).isEqualTo(0.2);
        assertThat(line.meanConfidence()).isCloseTo(0.6, within(1e-12));
    }

    /** Of three items in G two are glass; of three glass items two are there. The interval of 2 of 3 by hand: 0.2077 to 0.9385. */
    @Test
    void purityAndRecoveryAreOfTheItemsWhoseTruthIsKnown() {
        // Given
        report.add(Events.glassThatIs("white-glass", "line-1", "a", at(1)));
        report.add(Events.glassThatIs("green-glass", "line-1", "b", at(1)));
        report.add(Events.glassThatIs("can", "line-1", "c", at(1)));
        report.add(Events.glass("line-1", "d", at(1)));
        report.add(Events.unsureCanThatIs("green-glass", "line-1", "e", at(1)));

        // When
        LaneFigures glass = lane("G");

        // Then
        assertThat(glass.truthKnown()).isEqualTo(3);
        assertThat(glass.purity()).isEqualTo(Share.of(2, 3)).isEqualTo(glass.recovery());
        assertThat(glass.purity().low()).isCloseTo(0.2077, within(5e-5));
        assertThat(glass.purity().high()).isCloseTo(0.9385, within(5e-5));
    }

    @Test
    void laneOfNoFractionHasNoPurity() {
        // Given
        report.add(Events.unsureCanThatIs("can", "line-1", "a", at(1)));

        // When
        LaneFigures residual = lane("R");

        // Then
        assertThat(residual.truthKnown()).isEqualTo(1);
        assertThat(residual.purity()).isNull();
        assertThat(residual.recovery()).isNull();
    }

    @Test
    void labelThatNoFractionNamesBelongsToTheFallbacksLane() {
        // Given
        report.add(Events.glassThatIs("shoe", "line-1", "a", at(1)));

        // When
        LaneFigures trash = lane("T");

        // Then
        assertThat(trash.items()).isZero();
        assertThat(trash.recovery()).isEqualTo(Share.of(0, 1));
    }

    @Test
    void emptyBeltThatWasSortedSpoilsTheLaneAndBelongsNowhere() {
        // Given
        report.add(Events.glassThatIs("empty", "line-1", "a", at(1)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.lanes()).hasSize(1);
        assertThat(line.lanes().get(0).purity()).isEqualTo(Share.of(0, 1));
        assertThat(line.lanes().get(0).recovery()).isNull();
    }

    @Test
    void eventThatComesAgainCountsOnce() {
        // Given
        report.add(Events.glass("line-1", "a", at(1)));
        report.add(Events.glass("line-1", "b", at(2)));
        report.add(Events.unclassified(Decision.LATE, "line-1", "a", at(9)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.items()).isEqualTo(2);
        assertThat(line.decisions().get(Decision.LATE)).isZero();
    }

    @Test
    void repeatWithinTheShiftOfAnItemFromBeforeItDoesNotCount() {
        // Given
        report.add(Events.glass("line-1", "a", SIX.minusSeconds(1)));
        report.add(Events.glass("line-1", "a", at(1)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.items()).isZero();
    }

    @Test
    void shiftHoldsItsFirstInstantAndNotItsLast() {
        // Given
        report.add(Events.glass("line-1", "a", SIX.minusNanos(1)));
        report.add(Events.glass("line-1", "b", SIX));
        report.add(Events.glass("line-1", "c", SEVEN.minusNanos(1)));
        report.add(Events.glass("line-1", "d", SEVEN));

        // When
        LineReport line = told();

        // Then
        assertThat(line.items()).isEqualTo(2);
    }

    @Test
    void lineThatIsNotAskedForIsLeftOut() {
        // Given
        report.add(Events.glass("line-2", "a", at(1)));

        // When
        var lines = report.lines(SEVEN, Set.of());

        // Then
        assertThat(lines).extracting(LineReport::line).containsExactly("line-1");
        assertThat(lines.get(0).items()).isZero();
    }

    @Test
    void minuteWithoutAnItemIsNoStopAndALittleMoreIsOne() {
        // Given
        report.add(Events.glass("line-1", "a", at(60)));
        report.add(Events.glass("line-1", "b", at(120)));
        report.add(Events.glass("line-1", "c", at(181)));
        report.add(Events.glass("line-1", "d", SEVEN.minusSeconds(60)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.stops()).containsExactly(new Stop(at(120), at(181)), new Stop(at(181), SEVEN.minusSeconds(60)));
        assertThat(line.downtimeSeconds()).isEqualTo(61 + 3600 - 60 - 181);
    }

    @Test
    void stopsReachToTheEdgesOfTheShift() {
        // Given
        report.add(Events.glass("line-1", "a", at(600)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.stops()).containsExactly(new Stop(SIX, at(600)), new Stop(at(600), SEVEN));
        assertThat(line.downtimeSeconds()).isEqualTo(3600);
    }

    @Test
    void shiftWithoutAnItemIsOneStop() {
        // When
        LineReport line = told();

        // Then
        assertThat(line.stops()).containsExactly(new Stop(SIX, SEVEN));
        assertThat(line.unsureShare()).isNull();
        assertThat(line.meanConfidence()).isNull();
        assertThat(line.latencyMillis()).isNull();
    }

    @Test
    void whatIsStillToComeOfARunningShiftIsNoStop() {
        // Given
        report.add(Events.glass("line-1", "a", at(30)));

        // When
        LineReport line = report.lines(at(50), Set.of()).get(0);

        // Then
        assertThat(line.stops()).isEmpty();
    }

    @Test
    void nobodyKnowsOfAStopBeforeTheFirstEventThatIsStillKept() {
        // Given
        report.add(Events.glass("line-1", "a", at(600)));

        // When
        LineReport line = report.lines(SEVEN, Set.of("line-1")).get(0);

        // Then
        assertThat(line.stops()).containsExactly(new Stop(at(600), SEVEN));
    }

    @Test
    void itemDecidedBeforeTheOneBeforeItIsNoStop() {
        // Given
        report.add(Events.glass("line-1", "a", at(50)));
        report.add(Events.glass("line-1", "b", at(10)));
        report.add(Events.glass("line-1", "c", at(90)));

        // When
        LineReport line = report.lines(at(100), Set.of()).get(0);

        // Then
        assertThat(line.stops()).isEmpty();
    }

    @Test
    void latencyIsFromCaptureToDecisionOfWhatCouldBeRead() {
        // Given
        report.add(Events.glass("line-1", "a", at(1)));
        report.add(Events.unclassified(Decision.UNREADABLE, "line-1", "z", at(1)));

        // When
        LineReport line = told();

        // Then
        assertThat(line.latencyMillis().p50()).isCloseTo(20, within(0.02));
        assertThat(line.latencyMillis().p99()).isCloseTo(20, within(0.02));
    }

    @Test
    void hoursAreThoseOfUtcAlsoWithoutAnItem() {
        // Given
        Instant halfPastSix = SIX.plusSeconds(1800);
        var report = new ShiftReport(halfPastSix, halfPastSix.plusSeconds(7200), Map.of("line-1", Events.PLAN));
        report.add(Events.glass("line-1", "a", halfPastSix));
        report.add(Events.unsureCanThatIs("can", "line-1", "b", halfPastSix));
        report.add(Events.unclassified(Decision.LATE, "line-1", "c", SEVEN.plusSeconds(3600)));

        // When
        LineReport line = report.lines(Instant.MAX, Set.of()).get(0);

        // Then
        assertThat(line.hours())
                .containsExactly(
                        new Hour(SIX, 2, 1, 0, 0, 0.65, Map.of("glass", 1L, "metal", 1L)),
                        new Hour(SEVEN, 0, 0, 0, 0, null, Map.of()),
                        new Hour(SEVEN.plusSeconds(3600), 1, 0, 1, 0, null, Map.of()));
    }

    @Test
    void howeverManyFractionsAreNamedTheReportStaysSmall() {
        // Given
        for (int i = 0; i < 1000; i++) {
            String name = "fraction-" + i;
            report.add(Events.event("line-1", name, at(1), Decision.SORT, "can", name, name, 0.9, "can"));
        }

        // When
        LineReport line = told();

        // Then
        assertThat(line.fractions()).hasSize(NameCounts.MOST + 1);
        assertThat(line.lanes()).hasSizeLessThanOrEqualTo(NameCounts.MOST + 1);
        assertThat(line.fractions().stream().mapToLong(FractionShare::items).sum())
                .isEqualTo(1000);
    }

    @Test
    void refusesAShiftThatEndsBeforeItBegins() {
        // Then
        assertThatThrownBy(() -> new ShiftReport(SEVEN, SIX, Map.of()))
                .hasMessage("from is 2026-03-02T07:00:00Z and to is 2026-03-02T06:00:00Z: must be before it");
    }

    private LineReport told() {
        return report.lines(SEVEN.plusSeconds(3600), Set.of()).get(0);
    }

    private LaneFigures lane(String name) {
        return told().lanes().stream()
                .filter(lane -> lane.lane().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Instant at(long second) {
        return SIX.plusSeconds(second);
    }
}
