// SPDX-License-Identifier: Apache-2.0
/**
 * Cameras and what brings their frames to the line, by rooms: {@code publishing} holds the process's one Kafka producer, {@code replay} plays
 * folders, {@code source} and those beside it read live cameras, {@code trigger} says which of their pictures become frames.
 *
 * <p>To end cleanly: stop the cameras, join their threads, then close the publisher, which waits for what is in flight.
 */
@NullMarked
package dev.sortline.camera;

import org.jspecify.annotations.NullMarked;
