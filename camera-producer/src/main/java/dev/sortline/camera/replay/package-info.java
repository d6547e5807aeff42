// SPDX-License-Identifier: Apache-2.0
/** Plays a folder of images as if cameras saw them. */
@NullMarked
package dev.sortline.camera.replay;

import org.jspecify.annotations.NullMarked;
