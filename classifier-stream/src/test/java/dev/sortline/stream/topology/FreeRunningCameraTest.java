// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.contract.RoutingEvent;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.Lines;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.item.FrameFate;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Frames that nobody gave an item id, on a line of three frames an item. */
class FreeRunningCameraTest {
    private static final Line LINE = new Line("line-1", Lines.BELT, new PlanInForce(Lines.EDITION), 3);

    private DrivenLine line = DrivenLine.of(LINE);

    @AfterEach
    void stop() {
        line.close();
    }

    @Test
    void framesThatFollowEachOtherAreOneItemNamedAfterTheFirst() {
        // When
        line.capture(0, null, "glass").capture(10, null, "glass").capture(20, null, "glass");

        // Then
        var event = line.events().get(0);
        assertThat(event.itemId()).isEqualTo("camera-1.0.1767225600000");
        assertThat(event.frameIds()).hasSize(3);
    }

    @Test
    void emptyBeltEndsAnItemAndDecidesIt() {
        // Given
        line.capture(0, null, "glass").capture(10, null, "glass");

        // When
        line.capture(20, null, "empty");

        // Then
        assertThat(line.events().get(0).frameIds()).hasSize(2);
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 2L, FrameFate.EMPTY, 1L));
    }

    @Test
    void itemsThatFollowEachOtherWithoutAGapAreToldApartByTheirNumberOfFrames() {
        // When
        for (int frame = 0; frame < 6; frame++) {
            line.capture(10L * frame, null, frame < 3 ? "glass" : "metal");
        }

        // Then
        assertThat(line.events()).extracting(RoutingEvent::label).containsExactly("glass", "metal");
    }

    @Test
    void framesThatRemainOfAnItemDecidedEarlyBeginNoOther() {
        // When
        line.capture(0, null, "certain").capture(10, null, "glass").capture(20, null, "glass");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::itemId).containsExactly("camera-1.0.1767225600000");
        assertThat(line.fates()).isEqualTo(Map.of(FrameFate.ROUTED, 3L));
    }

    @Test
    void eachCameraSeesItemsOfItsOwn() {
        // When
        line.capture("camera-1", 0, null, "certain").capture("camera-2", 5, null, "certain");

        // Then
        assertThat(line.events())
                .extracting(RoutingEvent::itemId)
                .containsExactly("camera-1.0.1767225600000", "camera-2.5.1767225600005");
    }

    @Test
    void frameAfterTheItemHasPassedTheLastEjectorBeginsAnother() {
        // Given
        line.capture(0, null, "glass");
        line.waitUntil(3_000);
        line.events();

        // When
        line.capture(3_000, null, "certain");

        // Then
        assertThat(line.events()).extracting(RoutingEvent::itemId).containsExactly("camera-1.3000.1767225603000");
    }

    @Test
    void framesReadAgainAfterACrashShiftNoItem() {
        // Given
        line.capture(0, null, "glass").capture(10, null, "glass").capture(20, null, "glass");
        line.capture(30, null, "metal");
        line.events();
        var before = line;
        line = before.afterACrash(LINE);
        before.close();

        // When
        line.capture(10, null, "glass").capture(20, null, "glass").capture(30, null, "metal");
        line.capture(40, null, "metal").capture(50, null, "metal");

        // Then
        var events = line.events();
        assertThat(events.get(events.size() - 1).frameIds())
                .containsExactly("line-1/camera-1/30", "line-1/camera-1/40", "line-1/camera-1/50");
    }
}
