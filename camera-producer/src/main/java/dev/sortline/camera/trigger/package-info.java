// SPDX-License-Identifier: Apache-2.0
/** Which pictures become frames, and of which item. */
@NullMarked
package dev.sortline.camera.trigger;

import org.jspecify.annotations.NullMarked;
