// SPDX-License-Identifier: Apache-2.0
/**
 * What all drivers have in common: the contract that they keep ({@link ActuatorDriver}), the thread and the queue that each has ({@link DriverRunner}), and
 * what is done about peers that are silent, too many, or break their protocol.
 *
 * <p>Which protocols there are it does not know: they are in the rooms beside.
 */
@NullMarked
package dev.sortline.gateway.driver;

import org.jspecify.annotations.NullMarked;
