// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.List;
import java.util.Locale;

/**
 * How fast the line is.
 *
 * @param conditions under which
 * @param fromLines lines that the frames came from
 * @param throughBroker sustained frames a second through the broker, until a plain consumer had read their events
 * @param bareLoop frames a second of the same classifier without Kafka
 * @param bareLoopBatch most pictures that its network got at once
 * @param bareLoopThreads threads that decoded for it
 * @param ratioToBareLoop the first in parts of the second
 * @param processorMs milliseconds of a processor that the classifier took for a frame from the broker
 * @param bareLoopProcessorMs the same of the bare loop
 * @param processorRatioToBareLoop the bare loop's in parts of the classifier's: 1 if Kafka took nothing
 */
public record ThroughputReport(
        Conditions conditions,
        int fromLines,
        MedianOfTurns throughBroker,
        MedianOfTurns bareLoop,
        int bareLoopBatch,
        int bareLoopThreads,
        double ratioToBareLoop,
        MedianOfTurns processorMs,
        MedianOfTurns bareLoopProcessorMs,
        double processorRatioToBareLoop)
        implements BenchmarkReport {

    @Override
    public List<String> lines() {
        return List.of(
                String.format(
                        Locale.ROOT,
                        "through the broker %8.1f frames a second from %d lines",
                        throughBroker.median(),
                        fromLines),
                String.format(
                        Locale.ROOT,
                        "bare loop          %8.1f frames a second, %d at once, %d threads",
                        bareLoop.median(),
                        bareLoopBatch,
                        bareLoopThreads),
                String.format(Locale.ROOT, "ratioToBareLoop    %8.3f", ratioToBareLoop),
                String.format(
                        Locale.ROOT,
                        "processor          %8.2f ms a frame through the broker, %.2f ms in the bare loop",
                        processorMs.median(),
                        bareLoopProcessorMs.median()),
                String.format(Locale.ROOT, "processorRatioToBareLoop %.3f", processorRatioToBareLoop));
    }
}
