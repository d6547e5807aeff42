// SPDX-License-Identifier: Apache-2.0
/**
 * What an operator describes: a line, its belt and its sorting plan, and what follows from them.
 *
 * <p>Pure: values, checked when they are made. {@link SortingPlan} judges an item by its probabilities, {@link BeltGeometry} says when its
 * ejector must fire.
 */
@NullMarked
package dev.sortline.sorting;

import org.jspecify.annotations.NullMarked;
