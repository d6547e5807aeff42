// SPDX-License-Identifier: Apache-2.0
/** When a picture was taken, by which clock, and how sure that is. Pure: no clock of its own. */
@NullMarked
package dev.sortline.camera.time;

import org.jspecify.annotations.NullMarked;
