// SPDX-License-Identifier: Apache-2.0
/**
 * How fast the line is, how long an item waits, what happens beyond capacity, how it grows, and what others manage on the same machine.
 *
 * <p>Public for the command: a benchmark a question, each with a {@code run} that takes {@link dev.sortline.benchmarks.BenchmarkSettings} and
 * gives a {@link dev.sortline.benchmarks.report.BenchmarkReport}. What is compared takes turns in one run
 * ({@code InterleavedComparison}), and a ratio is the median of the turns' ratios
 * ({@link dev.sortline.benchmarks.report.MedianOfTurns}).
 *
 * <p><b>Errors.</b> What the user gave and cannot be used ends in the exceptions of the modules that read it; a measurement that cannot go on
 * in a {@link dev.sortline.benchmarks.line.BenchFailure}.
 */
@NullMarked
package dev.sortline.benchmarks;

import org.jspecify.annotations.NullMarked;
