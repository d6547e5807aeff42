// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the rules: hears of events and heartbeats, asks both clocks, and hands shots out at their time.
 *
 * <p>{@link FiringControl} is the one place where a line's state changes, under its own lock; {@link FiringThread} is the thread that
 * waits for the next shot. Whom shots go to it knows as {@link ShotSink} only. {@link GatewayMetrics} is safe to use from any thread.
 */
@NullMarked
package dev.sortline.gateway.firing;

import org.jspecify.annotations.NullMarked;
