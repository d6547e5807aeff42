// SPDX-License-Identifier: Apache-2.0
/**
 * Machine-vision cameras that speak GenICam over GigE Vision or USB3 Vision: {@link dev.sortline.camera.genicam.GenicamSettings}. They are read through
 * Aravis, a library of the system that is loaded when the first such camera is filmed, and never before.
 */
@NullMarked
package dev.sortline.camera.genicam;

import org.jspecify.annotations.NullMarked;
