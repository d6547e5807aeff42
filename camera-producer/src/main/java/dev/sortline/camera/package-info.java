// SPDX-License-Identifier: Apache-2.0
/**
 * Cameras and what brings their frames to the line.
 *
 * <p>A {@link dev.sortline.camera.FramePublisher} holds the process's one Kafka producer; each camera is a {@link java.lang.Runnable} on a
 * thread of its own that hands it frames. {@link dev.sortline.camera.ReplayCamera} plays a folder of images,
 * {@link dev.sortline.camera.ReplayImage#inFolder} lists them. The public types are for commands to compose; the rest is internal.
 *
 * <p>To end cleanly: stop the cameras, join their threads, then close the publisher, which waits for what is in flight.
 */
@NullMarked
package dev.sortline.camera;

import org.jspecify.annotations.NullMarked;
