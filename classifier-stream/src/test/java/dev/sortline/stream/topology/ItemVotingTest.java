// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static dev.sortline.stream.topology.DrivenLine.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Camera;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.item.FrameFate;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Items that several frames show, on a line of three frames an item; glass must be decided 465 ms after capture, metal 1965 ms. */
class ItemVotingTest {
    private static final Line LINE = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    private DrivenLine line = DrivenLine.of(LINE);

    @AfterEach
    void stop() {
        line.close();
    }

    @Test
    void itemIsDecidedByAllItsFramesAtTheLast() {
        // Given
        line.capture(0, "item-7", "unsure").capture(10, "item-7", "glass");
        assertThat(line.events()).isEmpty();

        // When
        line.capture(20, "item-7", "glass");

        // Then
        var event = line.events().get(0);
        assertThat(event.decision()).isEqualTo(Decision.SORT);
        assertThat(event.label()).isEqualTo("glass");
        assertThat(event.confidence()).isGreaterThan(0.6);
        assertThat(event.frameIds()).containsExactly("line-1/camera-1/0", "line-1/camera-1/10", "line-1/camera-1/20");
        assertThat(event.capturedAt()).isEqualTo(START);
        assertThat(event.fireAt()).isEqualTo(START.plusMillis(485));
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 3L));
    }

    @Test
    void oneFrameAgainstTwoIsOutvoted() {
        // Given
        line.capture(0, "item-7", "glass").capture(10, "item-7", "metal");

        // When
        line.capture(20, "item-7", "metal");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::label).containsExactly("metal");
    }

    @Test
    void itemOverASwapIsDecidedByOneModelWhichItsEventNames() {
        // Given
        line.capture(0, "item-7", "metal");
        line.swapTo("2", List.of("trash", "metal", "glass", "empty"));

        // When
        line.capture(10, "item-7", "glass").capture(20, "item-7", "glass");

        // Then
        var event = line.events().get(0);
        assertThat(event.label()).isEqualTo("glass");
        assertThat(event.model()).isEqualTo(new RoutingEvent.Model("words", "2"));
        assertThat(event.frameIds()).containsExactly("line-1/camera-1/10", "line-1/camera-1/20");
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 3L));
    }

    @Test
    void voteThatBeganBeforeACrashIsNotMixedWithTheModelOfTheSuccessor() {
        // Given
        line.capture(0, "item-7", "metal");
        var before = line;
        line = before.afterACrash(LINE);
        before.close();
        line.swapTo("2", List.of("trash", "metal", "glass", "empty"));

        // When
        line.capture(10, "item-7", "glass").capture(20, "item-7", "glass");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::label, event -> event.model().version())
                .containsExactly(tuple("glass", "2"));
    }

    @Test
    void sureItemWaitsForNoFurtherFrame() {
        // When
        line.capture(0, "item-7", "certain");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::label).containsExactly("glass");
    }

    @Test
    void itemThatWouldBeSortedIsDecidedInTimeForItsEjector() {
        // Given
        line.capture(0, "item-7", "glass");
        line.waitUntil(350);
        assertThat(line.events()).isEmpty();

        // When
        line.waitUntil(430);

        // Then
        var event = line.events().get(0);
        assertThat(event.ejector()).isEqualTo(1);
        assertThat(event.decidedAt()).isBeforeOrEqualTo(event.deadline());
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 1L));
    }

    @Test
    void unsureItemWaitsForMoreFramesUntilTheLastEjector() {
        // Given
        line.capture(0, "item-7", "unsure");
        line.waitUntil(1_000);
        assertThat(line.events()).isEmpty();

        // When
        line.waitUntil(1_930);

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsExactly(Decision.UNCERTAIN);
    }

    @Test
    void framesOfOtherItemsEndAVoteThatIsDueWithoutTheTimer() {
        // Given
        line.capture(0, "item-7", "glass");

        // When
        line.capture(440, "item-8", "metal");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::itemId).containsExactly("item-7");
    }

    @Test
    void itemWhoseFramesAreAllEmptyMakesNoEvent() {
        // Given
        line.capture(0, "item-7", "empty").capture(10, "item-7", "empty");

        // When
        line.capture(20, "item-7", "empty");

        // Then
        assertThat(line.events()).isEmpty();
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.EMPTY, 3L));
    }

    @Test
    void emptyIsALabelLikeOthersInAVote() {
        // Given
        line.capture(0, "item-7", "empty").capture(10, "item-7", "glass");

        // When
        line.capture(20, "item-7", "glass");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::label).containsExactly("glass");
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 3L));
    }

    @Test
    void frameThatCannotBeReadLeavesTheDecisionToTheOthers() {
        // Given
        line.capture(0, "item-7", "corrupt").capture(10, "item-7", "glass");

        // When
        line.capture(20, "item-7", "glass");

        // Then
        var event = line.events().get(0);
        assertThat(event.label()).isEqualTo("glass");
        assertThat(event.frameIds()).containsExactly("line-1/camera-1/10", "line-1/camera-1/20");
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.UNREADABLE, 1L, FrameFate.ROUTED, 2L));
    }

    @Test
    void itemOfWhichNothingCanBeReadIsToldOnce() {
        // Given
        line.capture(0, "item-7", "corrupt").capture(10, "item-7", "corrupt");
        assertThat(line.events()).isEmpty();

        // When
        line.capture(20, "item-7", "corrupt");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsExactly(Decision.UNREADABLE);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.UNREADABLE, 3L));
    }

    @Test
    void itemThatIsTooOldForAnyEjectorIsLateOnce() {
        // Given
        line.waitUntil(2_000);

        // When
        line.capture(0, "item-7", "glass").capture(10, "item-7", "glass").capture(20, "item-7", "glass");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::decision).containsExactly(Decision.LATE);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.LATE, 3L));
    }

    @Test
    void itemIdThatItsTriggerUsesAgainIsAnotherItem() {
        // Given
        line.capture(0, "item-7", "certain");
        line.events();

        // When
        line.capture(10_000, "item-7", "metal")
                .capture(10_010, "item-7", "metal")
                .capture(10_020, "item-7", "metal");
        line.capture(10_030, "item-7", "glass");
        line.capture(20_000, "item-7", "certain");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::itemId, RoutingEvent::label)
                .containsExactly(tuple("item-7.1767225610000", "metal"), tuple("item-7.1767225620000", "glass"));
    }

    @Test
    void voteOnAnItemWhoseIdWasUsedAgainGoesOnAfterACrash() {
        // Given
        line.capture(0, "item-7", "certain");
        line.capture(10_000, "item-7", "metal").capture(10_010, "item-7", "metal");
        line.events();
        var before = line;
        line = before.afterACrash(LINE);
        before.close();

        // When
        line.capture(10_020, "item-7", "metal");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::itemId).containsExactly("item-7.1767225610000");
    }

    @Test
    void itemIdThatWasUsedAgainIsForgottenWhenNoFrameOfItCanComeAnyMore() {
        // Given
        line.capture(0, "item-7", "certain").capture(10_000, "item-7", "certain");
        line.capture(20_000, "item-7", "certain");

        // When
        line.capture(20_000 + 15 * 60_000 - 1, "item-8", "certain");
        var soonForgotten = line.kept().keySet();
        line.capture(20_000 + 15 * 60_000 + 1, "item-9", "certain");

        // Then
        assertThat(soonForgotten).contains("line-1///item-7");
        assertThat(line.kept()).doesNotContainKey("line-1///item-7");
    }

    @Test
    void frameThatComesAgainDoesNotVoteAgain() {
        // Given
        line.capture(0, "item-7", "unsure").capture(10, "item-7", "glass");

        // When
        line.capture(0, "item-7", "unsure");

        // Then
        assertThat(line.events()).isEmpty();
        line.capture(20, "item-7", "glass");
        assertThat(line.events().get(0).frameIds()).hasSize(3);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 3L, FrameFate.REPEATED, 1L));
    }

    @Test
    void frameThatComesAfterTheDecisionChangesNothing() {
        // Given
        line.capture(0, "item-7", "certain");
        line.events();

        // When
        line.capture(10, "item-7", "metal").capture(0, "item-7", "certain").capture(20, "item-7", "corrupt");

        // Then
        assertThat(line.events()).isEmpty();
        assertThat(line.fates())
                .isEqualTo(Map.of(FrameFate.ROUTED, 2L, FrameFate.REPEATED, 1L, FrameFate.UNREADABLE, 1L));
    }

    @Test
    void positionIsThatOfTheCameraThatSawTheItemLast() {
        // Given
        var cameras = Map.of("camera-1", new Camera(0), "camera-2", new Camera(0.2));
        var ejectors = Map.of("glass", new Ejector(1, 1.0, 0), "metal", new Ejector(2, 4.0, 0));
        var belt = new BeltGeometry(2.0, 20, "residue", 1_000.0, cameras, ejectors);
        try (var driven = DrivenLine.of(new Line("line-1", belt, new PlanInForce(Lines.EDITION), 3))) {
            driven.capture("camera-1", 0, "item-7", "glass").capture("camera-2", 104, "item-7", "glass");

            // When
            driven.capture("camera-2", 130, "item-7", "glass");

            // Then
            var event = driven.events().get(0);
            assertThat(event.frameIds()).hasSize(3);
            assertThat(event.capturedAt()).isEqualTo(START);
            assertThat(event.fireAt()).isEqualTo(START.plusMillis(104 + 400));
            assertThat(event.fireAtEncoder()).isEqualTo(104 + 800);
        }
    }

    @Test
    void voteGoesOnAfterACrash() {
        // Given
        line.capture(0, "item-7", "unsure").capture(10, "item-7", "unsure");
        crash();

        // When
        line.capture(10, "item-7", "unsure").capture(20, "item-7", "unsure");

        // Then
        assertThat(line.events().get(0).frameIds()).hasSize(3);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 4L));
    }

    @Test
    void voteThatIsDueAfterACrashIsDecidedWithoutAFurtherFrame() {
        // Given
        line.capture(0, "item-7", "glass");
        crash();

        // When
        line.waitUntil(430);

        // Then
        assertThat(line.events()).extracting(RoutingEvent::ejector).containsExactly(1);
    }

    @Test
    void eventThatMayNotHaveGotOutIsToldAgainAsItWas() {
        // Given
        line.capture(0, "item-7", "certain");
        var told = line.events();
        crash();

        // When
        line.waitUntil(30);

        // Then
        assertThat(line.events()).isEqualTo(told);
    }

    @Test
    void eventThatGotOutIsNotToldAgain() {
        // Given
        line.capture(0, "item-7", "certain");
        line.waitUntil(3_000);
        crash();

        // When
        line.waitUntil(3_030);

        // Then
        assertThat(line.events()).isEmpty();
    }

    @Test
    void decidedItemsAreForgottenWhenNoFrameOfThemCanComeAnyMore() {
        // Given
        line.capture(0, "item-7", "certain");

        // When
        line.waitUntil(16 * 60_000);

        // Then
        assertThat(line.kept()).isEmpty();
    }

    private void crash() {
        var before = line;
        line = before.afterACrash(LINE);
        before.close();
    }
}
