// SPDX-License-Identifier: Apache-2.0
/**
 * JMH measures the parts: decoding, the network by batch, and the messages' serdes. The build compiles them and never runs them; the README
 * says how.
 */
@NullMarked
package dev.sortline.benchmarks.micro;

import org.jspecify.annotations.NullMarked;
