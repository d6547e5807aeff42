// SPDX-License-Identifier: Apache-2.0
package dev.sortline.demo;

import org.jspecify.annotations.Nullable;

/**
 * The score of one lane; a share of nothing is absent.
 *
 * @param items items that came there
 * @param purity share of these that belong there, of those whose truth is known, 0 to 1
 * @param recovery share of the items that belong there that came there, 0 to 1
 */
record LaneScore(long items, @Nullable Double purity, @Nullable Double recovery) {}
