// SPDX-License-Identifier: Apache-2.0
/**
 * What a model's predictions on labelled pictures amount to: how often it is right, and whether it knows when it is not. Statistics alone:
 * knows no classifier, no file and no page.
 */
@NullMarked
package dev.sortline.evaluation.figures;

import org.jspecify.annotations.NullMarked;
