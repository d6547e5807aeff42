// SPDX-License-Identifier: Apache-2.0
/**
 * What all drivers have in common: the contract that they keep ({@link ActuatorDriver}), the thread that each has
 * ({@link DriverRunner}), what waits for it and in which order ({@link DriverMailbox}, {@link DriverQueue}), whether its controller is
 * there ({@link ControllerLink}), and what is done about peers that are silent, too many, or break their protocol.
 *
 * <p>Which protocols there are it does not know: they are in the rooms beside.
 */
@NullMarked
package dev.sortline.gateway.driver;

import org.jspecify.annotations.NullMarked;
