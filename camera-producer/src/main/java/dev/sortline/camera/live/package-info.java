// SPDX-License-Identifier: Apache-2.0
/** The way of a live camera's pictures to Kafka: each has one fate, and the newest wins. */
@NullMarked
package dev.sortline.camera.live;

import org.jspecify.annotations.NullMarked;
