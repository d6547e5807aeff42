// SPDX-License-Identifier: Apache-2.0
/** A camera's picture, as it came and as it is to be sent. */
@NullMarked
package dev.sortline.camera.picture;

import org.jspecify.annotations.NullMarked;
