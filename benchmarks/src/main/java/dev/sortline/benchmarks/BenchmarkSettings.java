// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

import dev.sortline.benchmarks.line.TestBench;
import dev.sortline.benchmarks.report.Conditions;
import dev.sortline.benchmarks.report.Machine;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.contract.RoutingEvent;
import java.time.Duration;

/**
 * How long is measured.
 *
 * @param turns how often each contestant has its turn, at least 1; an odd number has a median of its own
 * @param count frames of a turn where the question is throughput, at least 50
 * @param seconds of each load where the question is latency or overload, at least 1
 * @param lines lines that bring the frames of throughput, overload and peers, 1 to 64
 */
public record BenchmarkSettings(int turns, int count, int seconds, int lines) {
    private static final int LEAST_COUNT = 50;
    private static final int MOST_LINES = 64;
    private static final int WARM_UP_PART = 5;

    public BenchmarkSettings {
        if (turns < 1) {
            throw new IllegalArgumentException("--turns is %d: must be at least 1".formatted(turns));
        }
        if (count < LEAST_COUNT) {
            throw new IllegalArgumentException("--count is %d: must be at least %d".formatted(count, LEAST_COUNT));
        }
        if (seconds < 1) {
            throw new IllegalArgumentException("--seconds is %d: must be at least 1".formatted(seconds));
        }
        if (lines < 1 || lines > MOST_LINES) {
            throw new IllegalArgumentException("--lines is %d: must be from 1 to %d".formatted(lines, MOST_LINES));
        }
    }

    /** Frames before those that count. */
    int warmUp() {
        return count / WARM_UP_PART;
    }

    Duration load() {
        return Duration.ofSeconds(seconds);
    }

    /** The conditions of a benchmark on this machine with these settings. */
    Conditions conditions(TestBench bench) {
        ModelPackage model = bench.model();
        return new Conditions(
                Machine.here(),
                new RoutingEvent.Model(model.name(), model.version()),
                String.valueOf(bench.frames().getFileName()),
                bench.pictures(),
                turns,
                count,
                seconds);
    }
}
