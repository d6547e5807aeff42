// SPDX-License-Identifier: Apache-2.0
/**
 * A gate in front of the network that knows a camera's empty belt by its coarse picture.
 *
 * <p>{@link EmptyGate} is the gate of one camera. It learns from the network's answers while the line runs: {@link LearnedBelt} is how the
 * belt looks and by how much that changes, {@link BeltView} one look at it, {@link LeastItems} what is known of the items that look most
 * like it. A {@link GatedFrame} goes through the gate and comes back with the network's answer.
 *
 * <p>Pure: no Kafka, no meters and no clock of its own.
 */
@NullMarked
package dev.sortline.stream.gate;

import org.jspecify.annotations.NullMarked;
