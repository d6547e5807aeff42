// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.view;

import java.time.Instant;

/**
 * A frame of which there is a small picture.
 *
 * @param id the frame
 * @param item the item that it belongs to
 * @param camera the camera that took it
 * @param capturedAt when, by the camera's clock
 * @param thumb where its picture is
 */
public record SeenFrame(String id, String item, String camera, Instant capturedAt, String thumb) {}
