// SPDX-License-Identifier: Apache-2.0
/**
 * What a shift, a review and a model come to: {@link dev.sortline.console.figures.ShiftReport} folds a shift's events,
 * {@link dev.sortline.console.figures.Share} says how sure a share is, {@link dev.sortline.console.figures.Drift} compares the last hour with what the
 * model was measured at. Values in, values out.
 *
 * <p>Components have the names that the page's JSON has. What is not known is {@code null} there.
 */
@NullMarked
package dev.sortline.console.figures;

import org.jspecify.annotations.NullMarked;
