// SPDX-License-Identifier: Apache-2.0
/**
 * Gives the networks of model packages to other tools: {@link dev.sortline.trainer.exports.ModelExport}.
 */
@NullMarked
package dev.sortline.trainer.exports;

import org.jspecify.annotations.NullMarked;
