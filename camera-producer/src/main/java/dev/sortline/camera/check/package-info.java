// SPDX-License-Identifier: Apache-2.0
/**
 * Connects to a camera once and says how it does. Start with {@link dev.sortline.camera.check.CameraCheck}; what it finds is a
 * {@link dev.sortline.camera.check.CheckedCamera}, which {@link dev.sortline.camera.check.CheckWords} tells a person.
 */
@NullMarked
package dev.sortline.camera.check;

import org.jspecify.annotations.NullMarked;
