// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent.Model;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.sorting.Lines;
import dev.sortline.stream.item.FrameReading.EmptyBelt;
import dev.sortline.stream.item.FrameReading.Recognised;
import dev.sortline.stream.item.FrameReading.TakenFrame;
import dev.sortline.stream.item.FrameReading.TooLate;
import dev.sortline.stream.item.FrameReading.Unreadable;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BallotTest {
    private static final Model MODEL = new Model("model", "1");
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Map<String, Double> PROBABILITIES = Map.of("glass", 0.9, "metal", 0.1);
    private static final TakenFrame TAKEN = taken(CAPTURED.plusNanos(1_500_999));

    @Test
    void frameThatShowsAnItemVotesWithWhatTheNetworkSaw() {
        // Given
        var reading =
                new Recognised(TAKEN, MODEL, PROBABILITIES, null, Duration.ofNanos(20_999), Duration.ofNanos(300_999));

        // When
        var ballot = Ballot.of(reading);

        // Then
        assertThat(ballot)
                .isEqualTo(new Ballot(
                        "line-1/camera-1/7",
                        "camera-1",
                        CAPTURED,
                        5L,
                        "glass",
                        PROBABILITIES,
                        null,
                        MODEL,
                        null,
                        new StageMicros(1_500, 20, 300, 0)));
        assertThat(ballot.votes()).isTrue();
        assertThat(FrameFate.of(reading)).isEqualTo(FrameFate.ROUTED);
    }

    @Test
    void frameThatShowsAnEmptyBeltVotesToo() {
        // Given
        var reading = new EmptyBelt(TAKEN, MODEL, PROBABILITIES, null, Duration.ZERO, Duration.ZERO);

        // When
        var ballot = Ballot.of(reading);

        // Then
        assertThat(ballot.votes()).isTrue();
        assertThat(FrameFate.of(reading)).isEqualTo(FrameFate.EMPTY);
    }

    @Test
    void frameThatCouldNotBeReadSaysWhyAndDoesNotVote() {
        // Given
        var reading = new Unreadable(TAKEN, "cut off");

        // When
        var ballot = Ballot.of(reading);

        // Then
        assertThat(ballot.votes()).isFalse();
        assertThat(ballot.problem()).isEqualTo("cut off");
        assertThat(ballot.micros()).isEqualTo(new StageMicros(1_500, 0, 0, 0));
        assertThat(FrameFate.of(reading)).isEqualTo(FrameFate.UNREADABLE);
    }

    @Test
    void frameThatCameTooLateSaysNothing() {
        // Given
        var reading = new TooLate(TAKEN);

        // When
        var ballot = Ballot.of(reading);

        // Then
        assertThat(ballot.votes()).isFalse();
        assertThat(ballot.problem()).isNull();
        assertThat(FrameFate.of(reading)).isEqualTo(FrameFate.LATE);
    }

    @Test
    void frameThatWasTakenUpBeforeItsCaptureHasNotWaited() {
        // Given
        var taken = taken(CAPTURED.minusMillis(3));

        // When
        var queued = taken.queued();

        // Then
        assertThat(queued).isZero();
    }

    private static TakenFrame taken(Instant takenAt) {
        var frame = new Frame("line-1", "camera-1", 7, null, CAPTURED, 5L, "image/png", "glass", new byte[0]);
        return new TakenFrame(frame, Lines.line("line-1"), CAPTURED, takenAt);
    }
}
