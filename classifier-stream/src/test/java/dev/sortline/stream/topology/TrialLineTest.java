// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static dev.sortline.stream.topology.DrivenLine.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sortline.contract.Decision;
import dev.sortline.contract.FrameAnswer;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.metrics.LineMetric;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.stream.item.FrameFate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The line on which people try out pictures: of any origin, at any time, as often as they like. */
class TrialLineTest {
    private static final Line TRIAL =
            new Line("line-1", new BeltGeometry(1.0, 20, "residue", null, null, Map.of()), Lines.EDITION);

    private final HeardBeside heard = HeardBeside.ofTrials();
    private final DrivenLine line = DrivenLine.of(TRIAL, heard);

    @AfterEach
    void stop() {
        line.close();
    }

    @Test
    void everyFrameIsAnsweredAnEmptyBeltToo() {
        // When
        line.capture(0, "item-7", "glass").capture(10, "item-8", "empty");

        // Then
        assertThat(heard.answers.messages())
                .extracting(FrameAnswer::itemId, FrameAnswer::frameId, FrameAnswer::shadow, FrameAnswer::answeredAt)
                .containsExactly(
                        tuple("item-7", "line-1/camera-1/0", false, START),
                        tuple("item-8", "line-1/camera-1/10", false, START.plusMillis(10)));
        assertThat(heard.answers.messages().get(1).probabilities())
                .containsEntry("empty", 0.9)
                .hasSize(4);
        assertThat(line.events()).extracting(RoutingEvent::itemId).containsExactly("item-7");
    }

    @Test
    void itemIsSortedIntoALaneThatNothingMovesItTo() {
        // When
        line.capture(0, "item-7", "glass");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::decision, RoutingEvent::lane, RoutingEvent::ejector)
                .containsExactly(tuple(Decision.SORT, "glass", null));
    }

    @Test
    void pictureThatCannotBeReadIsToldInItsEvent() {
        // When
        line.capture(0, "item-7", "corrupt");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::itemId, RoutingEvent::decision)
                .containsExactly(tuple("item-7", Decision.UNREADABLE));
        assertThat(heard.answers.messages()).isEmpty();
    }

    @Test
    void samePictureMayComeAgainAndAgain() {
        // When
        for (int i = 0; i < 30; i++) {
            line.capture(i, "item-" + i, "glass");
        }

        // Then
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 30L));
        assertThat(heard.answers.messages()).hasSize(30);
    }

    @Test
    void noPictureIsTooOldAndNoneComesTooEarly() {
        // When
        line.send("phone", 1, START.minus(Duration.ofDays(800)), "glass");
        line.send("phone", 2, START.plus(Duration.ofDays(2)), "metal");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::label, RoutingEvent::decision)
                .containsExactly(tuple("glass", Decision.SORT), tuple("metal", Decision.SORT));
        assertThat(line.refusals()).isEmpty();
    }

    @Test
    void camerasThatAnybodyInventsLeaveNoTrace() {
        // When
        for (int i = 0; i < 200; i++) {
            line.capture("camera-" + i, i, "item-" + i, "glass");
        }

        // Then
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 200L));
        assertThat(line.meters(LineMetric.CAMERA_LAST_FRAME_AGE.meterName())).isZero();
        assertThat(line.meters(LineMetric.CAMERA_REPEATED_FRAMES.meterName())).isZero();
    }

    @Test
    void nobodyIsAskedToReviewWhatPeopleTryOut() {
        // When
        line.capture(0, "item-7", "unsure").capture(10, "item-8", "certain");

        // Then
        assertThat(line.events()).hasSize(2);
        assertThat(heard.reviews.messages()).isEmpty();
    }
}
