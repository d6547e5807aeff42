// SPDX-License-Identifier: Apache-2.0
/**
 * Cameras that give JPEGs over HTTP: streams of many parts, and single pictures that are asked for again and again.
 *
 * <p>The way of the bytes: {@code CameraWeb} asks, {@code PictureStream} finds the pictures in what comes, {@code MjpegCamera} hands them over.
 * No picture is decoded.
 */
@NullMarked
package dev.sortline.camera.mjpeg;

import org.jspecify.annotations.NullMarked;
