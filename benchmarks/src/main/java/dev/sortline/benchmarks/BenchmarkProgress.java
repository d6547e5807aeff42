// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks;

/** Hears how far a benchmark has come. Called by the thread that runs it. */
public interface BenchmarkProgress {
    /** It begins and will call {@link #step} so many times. */
    void begin(String benchmark, int steps);

    /** One step is done; {@code note} says what it came to. */
    void step(String note);

    /** It is over, also where it failed. */
    void end();
}
