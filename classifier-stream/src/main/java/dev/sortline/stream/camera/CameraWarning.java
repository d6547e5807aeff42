// SPDX-License-Identifier: Apache-2.0
package dev.sortline.stream.camera;

/**
 * Something about a camera that deserves a look.
 *
 * @param about what it is about, always the same for the same camera and trouble
 * @param text a line for a person: what, where, what to do
 */
record CameraWarning(String about, String text) {}
