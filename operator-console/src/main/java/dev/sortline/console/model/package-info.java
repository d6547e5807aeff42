// SPDX-License-Identifier: Apache-2.0
/**
 * Tells what the model is, and whether it drifts: {@link dev.sortline.console.model.ModelRoutes} answers from what lies in the package's folder,
 * and from what {@link dev.sortline.console.model.DriftWatch} hears of the last hour. The folder is read here and not by the classifier's own
 * room, so that the page needs no TensorFlow; what is missing in it is missing on the page.
 */
@NullMarked
package dev.sortline.console.model;

import org.jspecify.annotations.NullMarked;
