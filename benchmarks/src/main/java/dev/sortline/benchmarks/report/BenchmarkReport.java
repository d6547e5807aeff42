// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.report;

import java.util.List;

/** What a benchmark came to: a record that is written as JSON. */
public sealed interface BenchmarkReport
        permits ThroughputReport,
                CamerasReport,
                ConsoleReport,
                LatencyReport,
                OverloadReport,
                ScaleReport,
                PeersReport {

    /** Under which conditions. */
    Conditions conditions();

    /** For people, without the conditions. */
    List<String> lines();
}
