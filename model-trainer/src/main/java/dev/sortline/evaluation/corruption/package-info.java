// SPDX-License-Identifier: Apache-2.0
/**
 * How a model fares when pictures get worse: dirt, motion blur and darkness in steps, and what is still right at each (after Hendrycks and Dietterich,
 * "Benchmarking Neural Network Robustness to Common Corruptions and Perturbations", 2019).
 */
@NullMarked
package dev.sortline.evaluation.corruption;

import org.jspecify.annotations.NullMarked;
