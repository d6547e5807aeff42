// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.contract.Decision;
import dev.sortline.contract.RoutingEvent;
import dev.sortline.demo.Scoreboard.LatencyMillis;
import dev.sortline.demo.belt.ShotCount;
import dev.sortline.gateway.rules.EventFate;
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
 * @param decisions routing events by decision
 * @param firings routing events by their fate at the gateway
 * @param shots shots of each lane's ejectors, and how many of them hit nothing
 * @param itemsOnBelt items that passed a camera; each has landed in one lane
 * @param landedRight share of the items of known truth that landed where they belong; absent when no truth is known
 * @param promisedRight what that share would be had every item gone where its event sent it
 * @param lanes what landed in each lane
 * @param promisedLanes what would have landed there had every item gone where its event sent it; an empty belt taken for an item counts
 *     as one
 * @param model the model that classified
 */
public record DemoReport(
        double seconds,
        Frames frames,
        long items,
        double throughputFps,
        LatencyMillis latencyMs,
        @Nullable Double accuracy,
        Map<Decision, Long> decisions,
        Map<EventFate, Long> firings,
        Map<String, ShotCount> shots,
        long itemsOnBelt,
        @Nullable Double landedRight,
        @Nullable Double promisedRight,
        Map<String, LaneScore> lanes,
        Map<String, LaneScore> promisedLanes,
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
