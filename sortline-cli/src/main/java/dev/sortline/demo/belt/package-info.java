// SPDX-License-Identifier: Apache-2.0
/**
 * What the demo sorts: belts that carry items past nozzles, and the controller that opens the valves when the gateway tells it to.
 *
 * <p>Public for the demo: {@link dev.sortline.demo.belt.SimulatedPlant}, with what it tells of. {@link
 * dev.sortline.demo.belt.SimulatedBelt} has the physics and is the place to start reading.
 */
@NullMarked
package dev.sortline.demo.belt;

import org.jspecify.annotations.NullMarked;
