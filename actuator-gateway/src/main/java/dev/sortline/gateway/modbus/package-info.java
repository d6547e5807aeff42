// SPDX-License-Identifier: Apache-2.0
/**
 * Speaks Modbus TCP, as client and as server. {@link ModbusTable} says which coil and register is what.
 */
@NullMarked
package dev.sortline.gateway.modbus;

import org.jspecify.annotations.NullMarked;
