// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.item.FrameFate;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a camera says is not believed blindly: its clock, its frame counter, its pictures. */
class CameraTruthTest {
    private DrivenLine line = DrivenLine.of(Lines.line("line-1"));

    @AfterEach
    void stop() {
        line.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000-01-01T00:00:00Z",
                "0001-01-01T00:00:00Z",
                "2025-12-30T00:00:00Z",
                "2026-01-01T00:00:00.501Z",
                "2026-01-02T00:00:00Z",
                "9999-12-31T23:59:59.999999999Z"
            })
    void frameWhoseTimeOfCaptureCannotBeIsRefusedAndHasOneFate(Instant capturedAt) {
        // When
        line.send("camera-1", 1, capturedAt, "glass");

        // Then
        assertThat(line.events()).isEmpty();
        assertThat(line.refusals()).containsExactly("capture-time");
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.UNREADABLE, 1L));
    }

    @Test
    void frameThatIsMinutesOldIsLateAsAnyOther() {
        // When
        line.send("camera-1", 1, DrivenLine.START.minus(Duration.ofMinutes(20)), "glass");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsExactly(Decision.LATE);
        assertThat(line.refusals()).isEmpty();
    }

    @Test
    void clockThatIsALittleAheadMovesNoShotFurtherThanTheFrameTookToArrive() {
        // Given
        var ahead = Duration.ofMillis(300);
        var took = Duration.ofMillis(12);

        // When
        for (int i = 0; i < 20; i++) {
            Instant shutter = line.now();
            line.pass(took.plusMillis(i % 3));
            line.send("camera-1", i, shutter.plus(ahead), "glass " + i);
            line.pass(Duration.ofMillis(100));
        }

        // Then: glass is 485 ms from the camera
        assertThat(line.events()).hasSize(20).allSatisfy(event -> assertThat(event.fireAt())
                .isBetween(
                        event.decidedAt().plusMillis(485).minus(took.plusMillis(2)),
                        event.decidedAt().plusMillis(485)));
    }

    @Test
    void oneWrongTimeAmongRightOnesMovesNoOtherShot() {
        // Given
        for (int i = 0; i < 10; i++) {
            line.send("camera-1", i, line.now().minusMillis(10), "glass " + i);
            line.pass(Duration.ofMillis(100));
        }
        line.send("camera-1", 10, line.now().plusMillis(400), "glass 10");
        line.events();
        var shutter = line.now();

        // When
        line.send("camera-1", 11, shutter, "glass 11");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::fireAt).containsExactly(shutter.plusMillis(485));
    }

    @ParameterizedTest
    @ValueSource(longs = {65_535, Integer.MAX_VALUE, 3})
    void counterThatBeginsAgainGoesOnFiringUnderNewIds(long end) {
        // Given
        var ids = new HashSet<String>();
        for (long sequence = end - 3; sequence <= end; sequence++) {
            line.send("camera-1", sequence, line.now(), "glass " + sequence);
            line.pass(Duration.ofMillis(100));
        }
        line.events().forEach(event -> ids.add(event.id()));

        // When
        for (long sequence = 0; sequence <= 3; sequence++) {
            line.send("camera-1", sequence, line.now(), "glass again " + sequence);
            line.pass(Duration.ofMillis(100));
        }

        // Then
        assertThat(line.events())
                .hasSize(4)
                .allSatisfy(event -> assertThat(event.decision()).isEqualTo(Decision.SORT))
                .allSatisfy(event -> assertThat(ids.add(event.id())).isTrue());
        assertThat(line.count(LineMetric.CAMERA_SEQUENCE_RESETS.meterName())).isEqualTo(1);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 8L));
    }

    @Test
    void frameReadAgainAfterACrashHasTheSameId() {
        // Given
        line.send("camera-1", 7, line.now(), "glass");
        var first = line.events().get(0).id();
        var before = line;
        line = before.afterACrash(Lines.line("line-1"));
        before.close();

        // When
        line.send("camera-1", 7, DrivenLine.START, "glass");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::id).containsExactly(first);
    }

    @Test
    void frameThatComesAgainIsCountedAsRepeatedAndMakesNoEvent() {
        // Given
        line.send("camera-1", 7, DrivenLine.START, "glass");
        line.send("camera-1", 8, DrivenLine.START.plusMillis(10), "metal");
        line.events();

        // When
        line.send("camera-1", 7, DrivenLine.START, "glass");

        // Then
        assertThat(line.events()).isEmpty();
        assertThat(line.refusals()).isEmpty();
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 2L, FrameFate.REPEATED, 1L));
        assertThat(line.count(LineMetric.CAMERA_REPEATED_FRAMES.meterName())).isEqualTo(1);
    }

    @Test
    void frameThatWasOvertakenOnItsWayIsSortedToo() {
        // Given
        line.send("camera-1", 7, DrivenLine.START, "glass");
        line.send("camera-1", 9, DrivenLine.START.plusMillis(20), "metal");
        line.events();

        // When
        line.send("camera-1", 8, DrivenLine.START.plusMillis(10), "glass");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsExactly(Decision.SORT);
    }

    @Test
    void pictureThatIsSentAgainAndAgainFiresNothingUntilItChanges() {
        // Given
        for (int i = 0; i < 9; i++) {
            line.send("camera-1", i, line.now(), "glass");
            line.pass(Duration.ofMillis(100));
        }
        assertThat(line.events()).extracting(RoutingEvent::decision).containsOnly(Decision.SORT);

        // When
        for (int i = 9; i < 12; i++) {
            line.send("camera-1", i, line.now(), "glass");
            line.pass(Duration.ofMillis(100));
        }
        line.send("camera-1", 12, line.now(), "metal");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::decision)
                .containsExactly(Decision.UNREADABLE, Decision.UNREADABLE, Decision.UNREADABLE, Decision.SORT);
        assertThat(line.refusals()).containsExactly("frozen", "frozen", "frozen");
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 10L, FrameFate.UNREADABLE, 3L));
    }

    @Test
    void fewPicturesThatTakeTurnsAreNoFrozenCamera() {
        // When
        for (int i = 0; i < 40; i++) {
            line.send("camera-1", i, line.now(), i % 2 == 0 ? "glass" : "metal");
            line.pass(Duration.ofMillis(100));
        }

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsOnly(Decision.SORT);
    }

    @Test
    void camerasAreToldApart() {
        // Given
        line.send("camera-1", 7, DrivenLine.START, "glass");

        // When
        line.send("camera-2", 7, DrivenLine.START, "glass");

        // Then
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 2L));
    }

    @Test
    void frameHasOneFateAlsoWhenALaterStepFails() {
        // Given
        line.failAt(LineMetric.DECISIONS.meterName());

        // When
        line.send("camera-1", 1, line.now(), "glass");

        // Then
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.UNREADABLE, 1L));
        assertThat(line.refusals()).containsExactly("failed");
    }

    @Test
    void framesThatVoteHaveOneFateAlsoWhenALaterStepFails() {
        // Given
        line.close();
        line = DrivenLine.of(new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3));
        line.failAt(LineMetric.DECISIONS.meterName());

        // When
        line.capture(0, "item-7", "glass").capture(10, "item-7", "glass").capture(20, "item-7", "glass");
        line.capture(30, "item-8", "glass");

        // Then
        assertThat(line.fates().values().stream().mapToLong(Long::longValue).sum())
                .isEqualTo(3);
    }

    @Test
    void frozenCamerasFramesVoteForNothing() {
        // Given
        line.close();
        line = DrivenLine.of(new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3));

        // When
        for (int i = 0; i < 12; i++) {
            line.capture(10L * i, "item-" + i / 3, "glass");
        }

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::decision)
                .containsExactly(Decision.SORT, Decision.SORT, Decision.SORT, Decision.UNREADABLE);
    }
}
