// SPDX-License-Identifier: Apache-2.0
/**
 * The demo's plant: {@linkplain dev.sortline.demo.belt.SimulatedBelt belts} whose valves a Modbus TCP controller opens when the gateway tells it to.
 * {@link dev.sortline.demo.plant.SimulatedPlant} is both together.
 */
@NullMarked
package dev.sortline.demo.plant;

import org.jspecify.annotations.NullMarked;
