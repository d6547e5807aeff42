// SPDX-License-Identifier: Apache-2.0
/** Network cameras that speak RTSP: H.264, H.265 and MJPEG over one TCP connection. */
@NullMarked
package dev.sortline.camera.rtsp;

import org.jspecify.annotations.NullMarked;
