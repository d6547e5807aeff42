// SPDX-License-Identifier: Apache-2.0
/**
 * Publishes the pictures that a smart camera drops into a folder, each once: {@link dev.sortline.camera.folder.WatchedFolder}. What was under way when
 * the process died is looked up on the topic ({@link dev.sortline.camera.folder.PublishedFrames}).
 */
@NullMarked
package dev.sortline.camera.folder;

import org.jspecify.annotations.NullMarked;
