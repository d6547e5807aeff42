// SPDX-License-Identifier: Apache-2.0
/**
 * Reads routing events and heartbeats from Kafka, each on a thread of its own that no record can end, and says whose the lines are.
 *
 * <p>{@link LineOwnership} is where lines change hands: it tells the firing which are this gateway's, and until when that is certain.
 */
@NullMarked
package dev.sortline.gateway.reading;

import org.jspecify.annotations.NullMarked;
