// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import dev.sortline.contract.RoutingEvent;

/**
 * Under which conditions figures were taken.
 *
 * @param machine where
 * @param model with which model
 * @param frames name of the folder of pictures
 * @param pictures how many it holds
 * @param turns how often each contestant had its turn
 * @param count frames of a turn where the question is throughput
 * @param seconds of each load where the question is latency or overload
 */
public record Conditions(
        Machine machine, RoutingEvent.Model model, String frames, int pictures, int turns, int count, int seconds) {

    /** The first line of what people read. */
    public String line() {
        return "%s, %d processors, Java %s, model %s %s, %d pictures of %s, %d turns"
                .formatted(
                        machine.processor(),
                        machine.processors(),
                        machine.java(),
                        model.name(),
                        model.version(),
                        pictures,
                        frames,
                        turns);
    }
}
