// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo.belt;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One item on a belt.
 *
 * @param id tells it from all others of its belt
 * @param truth what it is, if that is known
 * @param capturedAt when its centre was under the camera
 */
public record Item(String id, @Nullable String truth, Instant capturedAt) {}
