// SPDX-License-Identifier: Apache-2.0
/**
 * A controller that is none, for demonstrations and for trying a line before its controller is there. Other modules call none of it; the
 * demo's plant wires its valves to {@link dev.sortline.plc.SimulatedPlc}.
 */
@NullMarked
package dev.sortline.plc;

import org.jspecify.annotations.NullMarked;
