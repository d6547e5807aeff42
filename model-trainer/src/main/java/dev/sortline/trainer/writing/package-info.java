// SPDX-License-Identifier: Apache-2.0
/** How the trainer, the evaluation and the benchmarks write what they tell: whole files, figures as JSON, tables for a terminal. */
@NullMarked
package dev.sortline.trainer.writing;

import org.jspecify.annotations.NullMarked;
