// SPDX-License-Identifier: Apache-2.0
/**
 * The test bench: a broker in a process of its own, {@code sortline classify} as a user starts it, cameras that keep their time whatever
 * happens, and a plain consumer that reads the events.
 *
 * <p>{@link dev.sortline.benchmarks.line.TestBench} is the place to start reading. Processes and files of a bench go with it.
 */
@NullMarked
package dev.sortline.benchmarks.line;

import org.jspecify.annotations.NullMarked;
