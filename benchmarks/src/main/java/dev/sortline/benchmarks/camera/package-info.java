// SPDX-License-Identifier: Apache-2.0
/**
 * Cameras to be filmed with, each in a process of its own, and what films them at the least: {@link
 * dev.sortline.benchmarks.camera.MjpegCameras}, {@link dev.sortline.benchmarks.camera.RtspCamera} and {@link
 * dev.sortline.benchmarks.camera.FfmpegCopy}. They show {@link dev.sortline.benchmarks.camera.BeltFilm}.
 */
@NullMarked
package dev.sortline.benchmarks.camera;

import org.jspecify.annotations.NullMarked;
