// SPDX-License-Identifier: Apache-2.0
/**
 * Where triggers from outside come from, and how whoever calls is answered. {@link dev.sortline.camera.outside.CallIntake} brings calls to a
 * camera's {@link dev.sortline.camera.trigger.OutsideTrigger}; a protocol is a {@link dev.sortline.camera.outside.CallSource} in a room of its own.
 */
@NullMarked
package dev.sortline.camera.outside;

import org.jspecify.annotations.NullMarked;
