// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.data.Offset.offset;

import dev.sortline.contract.Decision;
import dev.sortline.contract.Frame;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.contract.RoutingEvent.StageMicros;
import dev.sortline.demo.belt.Item;
import dev.sortline.demo.belt.Landing;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScoreboardTest {
    private static final Instant CAPTURED = Instant.parse("2026-01-01T00:00:00Z");
    private static final Line LINE = new Line(
            "line-1",
            new BeltGeometry(1, 0, "residue", null, null, Map.of("glass", new Ejector(1, 1, 0))),
            GlassOnly.edition("glass", "glass", 0));

    private final Scoreboard score = new Scoreboard(LINE);

    @Test
    void promisedPurityIsTheShareOfALanesItemsThatBelongThere() {
        // Given
        show(1, "glass", "glass", "glass");
        show(2, "glass", "glass", "glass");
        show(3, "metal", "glass", "glass");

        // When
        var lanes = score.promisedLanes();

        // Then
        assertThat(lanes.get("glass")).isEqualTo(new LaneScore(3, 2 / 3.0, 1.0));
    }

    @Test
    void promisedRecoveryIsTheShareOfPublishedItemsThatWereSentToTheirLane() {
        // Given
        show(1, "glass", "glass", "glass");
        show(2, "glass", "metal", "residue");
        score.published(frame(3, "glass"));

        // When
        var lanes = score.promisedLanes();

        // Then
        assertThat(lanes.get("glass").recovery()).isEqualTo(1 / 3.0);
    }

    @Test
    void emptyBeltTakenForAnItemMakesThePromisedLaneImpure() {
        // Given
        show(1, "glass", "glass", "glass");
        show(2, "empty", "glass", "glass");

        // When
        var lanes = score.promisedLanes();

        // Then
        assertThat(lanes.get("glass").purity()).isEqualTo(0.5);
    }

    @Test
    void purityIsTheShareOfALanesLandedItemsThatBelongThereWhateverTheEventsPromised() {
        // Given
        show(1, "glass", "glass", "glass");
        show(2, "glass", "glass", "glass");
        show(3, "metal", "metal", "residue");
        land(1, "glass", "glass");
        land(2, "glass", "residue");

        // When
        land(3, "metal", "glass");

        // Then
        assertThat(score.lanes())
                .containsOnly(
                        Map.entry("glass", new LaneScore(2, 0.5, 0.5)),
                        Map.entry("residue", new LaneScore(1, 0.0, 0.0)));
        assertThat(score.landedRight()).isEqualTo(1 / 3.0);
        assertThat(score.promisedRight()).isEqualTo(1.0);
    }

    @Test
    void itemThatHasNotLandedYetLowersNoRecovery() {
        // Given
        show(1, "glass", "glass", "glass");
        show(2, "glass", "glass", "glass");

        // When
        land(1, "glass", "glass");

        // Then
        assertThat(score.lanes().get("glass")).isEqualTo(new LaneScore(1, 1.0, 1.0));
    }

    @Test
    void emptyPictureIsNoItemOnTheBelt() {
        // Given
        show(1, "glass", "glass", "glass");
        score.published(frame(2, null));

        // When
        show(3, "empty", "glass", "glass");

        // Then
        assertThat(score.itemsOnBelt()).isEqualTo(2);
        assertThat(score.published()).isEqualTo(3);
    }

    @Test
    void landedItemOfUnknownTruthCountsInItsLaneAlone() {
        // Given
        score.published(frame(1, null));

        // When
        land(1, null, "glass");

        // Then
        assertThat(score.lanes().get("glass")).isEqualTo(new LaneScore(1, null, null));
        assertThat(score.landedRight()).isNull();
    }

    @Test
    void emptyBeltWithoutAnEventCountsAsRight() {
        // Given
        show(1, "glass", "metal", "residue");
        score.published(frame(2, "empty"));

        // When
        var accuracy = score.accuracy();

        // Then
        assertThat(accuracy).isEqualTo(0.5);
    }

    @Test
    void shareOfNothingIsAbsent() {
        // Given
        show(1, null, "glass", "glass");

        // When
        var lanes = score.promisedLanes();

        // Then
        assertThat(lanes.get("glass")).isEqualTo(new LaneScore(1, null, null));
        assertThat(score.accuracy()).isNull();
    }

    @Test
    void repeatedEventCountsOnce() {
        // Given
        show(1, "glass", "glass", "glass");

        // When
        score.routed(event(1, "glass", "glass", "glass"), CAPTURED.plusMillis(900));

        // Then
        assertThat(score.items()).isEqualTo(1);
        assertThat(score.decisions()).containsEntry(Decision.SORT, 1L).containsEntry(Decision.LATE, 0L);
    }

    @Test
    void latencyRunsFromCaptureToReading() {
        // Given
        for (int i = 1; i <= 100; i++) {
            score.routed(event(i, "glass", "glass", "glass"), CAPTURED.plusMillis(i));
        }

        // When
        var latency = score.latency();

        // Then
        assertThat(latency.p50()).isCloseTo(50, offset(0.1));
        assertThat(latency.p99()).isCloseTo(99, offset(0.1));
    }

    private void show(long sequence, @Nullable String truth, String label, String lane) {
        score.published(frame(sequence, truth));
        score.routed(event(sequence, truth, label, lane), CAPTURED.plusMillis(10));
    }

    private void land(long sequence, @Nullable String truth, String lane) {
        score.landed(new Landing(new Item("camera-1." + sequence, truth, CAPTURED), lane));
    }

    private static Frame frame(long sequence, @Nullable String truth) {
        return new Frame("line-1", "camera-1", sequence, null, CAPTURED, null, "image/jpeg", truth, new byte[] {1});
    }

    private static RoutingEvent event(long sequence, @Nullable String truth, String label, String lane) {
        return new RoutingEvent(
                "line-1",
                "camera-1." + sequence,
                List.of("line-1/camera-1/" + sequence),
                Decision.SORT,
                label,
                label,
                lane,
                null,
                0.9,
                0.8,
                null,
                Map.of(),
                CAPTURED,
                CAPTURED.plusMillis(5),
                null,
                null,
                null,
                new RoutingEvent.Model("waste", "1"),
                "glass-only",
                null,
                null,
                truth,
                new StageMicros(1, 1, 1, 1));
    }
}
