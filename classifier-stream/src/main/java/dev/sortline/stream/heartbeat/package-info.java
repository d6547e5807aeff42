// SPDX-License-Identifier: Apache-2.0
/**
 * Tells once a second of each line whose frames can be decided now, on a thread and with a producer of its own.
 */
@NullMarked
package dev.sortline.stream.heartbeat;

import org.jspecify.annotations.NullMarked;
