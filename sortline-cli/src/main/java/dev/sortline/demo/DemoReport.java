// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.Scoreboard.LaneScore;
import dev.sortline.demo.Scoreboard.LatencyMillis;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a demo run came to.
 *
 * @param seconds from the first frame until the cameras were stopped
 * @param frames frames by fate
 * @param items items with a routing event
 * @param throughputFps frames that got their fate, a second
 * @param latencyMs from capture until a plain consumer had read the event
 * @param accuracy share of the frames of known truth that were labelled so; absent when no truth is known
 * @param lanes the score of each lane
 * @param decisions routing events by decision
 * @param model the model that classified
 */
public record DemoReport(
        double seconds,
        Frames frames,
        long items,
        double throughputFps,
        LatencyMillis latencyMs,
        @Nullable Double accuracy,
        Map<String, LaneScore> lanes,
        Map<Decision, Long> decisions,
        RoutingEvent.Model model) {

    /**
     * Frames by fate; {@code published} is the sum of the others once everything has arrived.
     *
     * @param published frames that the broker acknowledged
     * @param routed frames of items with a routing event
     * @param empty frames of an empty belt
     * @param late frames of items that could no longer be moved in time
     * @param unreadable frames that could not be read
     */
    public record Frames(long published, long routed, long empty, long late, long unreadable) {
        /** Whether every published frame has its fate. */
        boolean complete() {
            return fated() == published;
        }

        long fated() {
            return routed + empty + late + unreadable;
        }
    }
}
