// SPDX-License-Identifier: Apache-2.0
/**
 * Every metric of the line, declared once in {@link dev.sortline.metrics.LineMetric}: what it is called and means, which tags it has and
 * what those can be, and which process exports it. Whoever measures registers through the declaration, so a name stands nowhere else, and
 * {@code docs/metrics.md} is written from it.
 *
 * <p>A tag's values are few: fixed words, or what an operator has configured. What anybody may send never becomes one.
 *
 * <p>Types may be used from any thread.
 */
@NullMarked
package dev.sortline.metrics;

import org.jspecify.annotations.NullMarked;
