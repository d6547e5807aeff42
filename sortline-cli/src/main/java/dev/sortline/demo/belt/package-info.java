// SPDX-License-Identifier: Apache-2.0
/**
 * Belts that carry items past nozzles: which item an open valve blows into which lane. Pure physics, without a clock or a protocol; {@link
 * dev.sortline.demo.belt.SimulatedBelt} is the place to start reading.
 */
@NullMarked
package dev.sortline.demo.belt;

import org.jspecify.annotations.NullMarked;
