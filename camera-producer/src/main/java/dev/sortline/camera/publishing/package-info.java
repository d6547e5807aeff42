// SPDX-License-Identifier: Apache-2.0
/** Brings frames to Kafka, and counts what became of each. */
@NullMarked
package dev.sortline.camera.publishing;

import org.jspecify.annotations.NullMarked;
