// SPDX-License-Identifier: Apache-2.0
/**
 * Takes pictures and triggers over HTTP, from cameras and scripts that send by themselves.
 *
 * <p>{@code POST /frames/{line}/{camera}} has a JPEG or PNG as its body and is answered when the broker has acknowledged the frame;
 * {@code POST /triggers/{line}/{camera}} calls for a frame and is answered when there is one, or none came. {@link
 * dev.sortline.camera.push.PushServer} serves both; where frames go, and who is called, it is told ({@link
 * dev.sortline.camera.push.Delivery}, {@link dev.sortline.camera.push.TriggerCall}).
 */
@NullMarked
package dev.sortline.camera.push;

import org.jspecify.annotations.NullMarked;
