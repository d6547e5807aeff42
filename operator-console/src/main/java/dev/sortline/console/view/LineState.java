// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import dev.sortline.contract.CameraTrouble;
import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a line does. Totals count items that were decided since the view began; rates, shares and latency are those of the last minute, by when
 * items were decided.
 *
 * @param id the line
 * @param classifier who decides its items
 * @param cameras its cameras, as the classifier sees them; empty while none has told
 * @param ejectors what its ejectors do
 * @param itemsPerSecond items decided a second, over the last ten seconds
 * @param framesSeen total of the frames by which items were decided
 * @param lanes totals and rates by lane: those of the belt, then others in the order of their first item
 * @param decisions totals by decision
 * @param lateShare share of late items, 0 to 1; absent without items in the last minute
 * @param unsureShare share of items that were ambiguous or uncertain, 0 to 1; absent without items in the last minute
 * @param latencyMillis from capture to decision; absent without items in the last minute
 * @param bands the figures that are outside their band
 * @param items decided items, the oldest first
 * @param frame the newest frame of which there is a picture; absent while there is none
 */
public record LineState(
        String id,
        Classifier classifier,
        List<Camera> cameras,
        EjectorState ejectors,
        double itemsPerSecond,
        long framesSeen,
        List<Lane> lanes,
        Map<Decision, Long> decisions,
        @Nullable Double lateShare,
        @Nullable Double unsureShare,
        @Nullable Latency latencyMillis,
        List<Band> bands,
        List<SeenItem> items,
        @Nullable SeenFrame frame) {

    /**
     * Who decides a line's items.
     *
     * @param state whether its heartbeat comes
     * @param instance the classifier; absent while none was heard
     * @param model its model; absent while none was heard
     * @param plan the name of its plan; absent while none was heard
     */
    public record Classifier(
            Presence state, @Nullable String instance, RoutingEvent.@Nullable Model model, @Nullable String plan) {}

    /**
     * How a camera does.
     *
     * @param id the camera
     * @param troubles what is wrong with it
     * @param lastFrameAgeMillis milliseconds since its last frame came; absent when none has come yet
     * @param skewMillis how far its clock is ahead, in milliseconds; absent while that is not known
     */
    public record Camera(
            String id, List<CameraTrouble> troubles, @Nullable Long lastFrameAgeMillis, @Nullable Long skewMillis) {}

    /**
     * What goes into a lane.
     *
     * @param lane the lane
     * @param items total of its items
     * @param perMinute its items of the last minute
     */
    public record Lane(String lane, long items, int perMinute) {}

    /**
     * Milliseconds from capture to decision.
     *
     * @param p50 half of the items took no longer
     * @param p99 one of a hundred took longer
     */
    public record Latency(double p50, double p99) {}
}
