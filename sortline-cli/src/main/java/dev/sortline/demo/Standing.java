// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import dev.sortline.demo.DemoReport.Frames;
import dev.sortline.demo.belt.AirShot;
import dev.sortline.demo.belt.ShotCount;
import dev.sortline.gateway.rules.EventFate;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * How a running demo stands.
 *
 * @param run for how long the cameras have run
 * @param frames frames by fate
 * @param firings routing events by fate at the gateway
 * @param shots shots by lane
 * @param lastShots the latest shots, the oldest first
 * @param score the score so far
 */
record Standing(
        Duration run,
        Frames frames,
        Map<EventFate, Long> firings,
        Map<String, ShotCount> shots,
        List<AirShot> lastShots,
        Scoreboard score) {}
