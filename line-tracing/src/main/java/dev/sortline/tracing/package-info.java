// SPDX-License-Identifier: Apache-2.0
/**
 * The way of single frames from capture to ejector, as a trace that each process adds its spans to. What goes from one process to the next is
 * the header {@code traceparent} of the Kafka records, as W3C Trace Context has it.
 */
@NullMarked
package dev.sortline.tracing;

import org.jspecify.annotations.NullMarked;
