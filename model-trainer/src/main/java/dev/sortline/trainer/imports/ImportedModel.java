// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.ModelPackage;

/**
 * What an import gave.
 *
 * @param model the package as it was written
 * @param constantWeights whether the weights are constants now; if not, they are variables as in the original, which runs slower
 */
public record ImportedModel(ModelPackage model, boolean constantWeights) {}
