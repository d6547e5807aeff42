// SPDX-License-Identifier: Apache-2.0
/** Cameras at this machine, as Linux shows them: USB cameras and frame grabbers, by Video4Linux. */
@NullMarked
package dev.sortline.camera.device;

import org.jspecify.annotations.NullMarked;
