// SPDX-License-Identifier: Apache-2.0
/** What a camera is to the producer, whatever it speaks; and how one that fails is tried again. */
@NullMarked
package dev.sortline.camera.source;

import org.jspecify.annotations.NullMarked;
