// SPDX-License-Identifier: Apache-2.0
/** Whether a camera sees well: light, focus, and whether its picture still changes. Pure: no clock of its own. */
@NullMarked
package dev.sortline.camera.sight;

import org.jspecify.annotations.NullMarked;
