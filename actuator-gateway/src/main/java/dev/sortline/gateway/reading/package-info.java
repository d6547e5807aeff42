// SPDX-License-Identifier: Apache-2.0
/**
 * Reads routing events and heartbeats from Kafka, each on a thread of its own that no record can end, and gives lines back when others take them.
 */
@NullMarked
package dev.sortline.gateway.reading;

import org.jspecify.annotations.NullMarked;
