// SPDX-License-Identifier: Apache-2.0
/** Triggers by a coil or a register of a controller that is a Modbus TCP server. */
@NullMarked
package dev.sortline.camera.outside.modbus;

import org.jspecify.annotations.NullMarked;
