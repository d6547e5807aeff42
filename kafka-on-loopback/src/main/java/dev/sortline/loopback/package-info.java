// SPDX-License-Identifier: Apache-2.0
/**
 * Kafka brokers, and processes, on this machine alone: for the demo, the benchmarks and the tests. Nothing here replicates or survives its folder.
 *
 * <p>{@link dev.sortline.loopback.EmbeddedBroker} is a broker in this process, ready in two seconds; {@link dev.sortline.loopback.BrokerProcess} is one in a
 * process of its own, which can be killed, frozen and started again. {@link dev.sortline.loopback.TopicReader} reads a topic as any subscriber would.
 */
@NullMarked
package dev.sortline.loopback;

import org.jspecify.annotations.NullMarked;
