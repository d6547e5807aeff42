// SPDX-License-Identifier: Apache-2.0
/**
 * Decides which shot is fired, and when: the belt's events, its ejectors and two clocks, as values and nothing else.
 *
 * <p>Pure: it knows no Kafka, no controller and no clock. {@link EjectorSchedule} is where a shot is decided; {@link Bookmark} and
 * {@link OpenEvents} say what a successor takes up. Nothing here is safe for use by several threads, but for records.
 */
@NullMarked
package dev.sortline.gateway.rules;

import org.jspecify.annotations.NullMarked;
