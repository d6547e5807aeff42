// SPDX-License-Identifier: Apache-2.0
/** How the trainer, the evaluation and the benchmarks write single files. */
@NullMarked
package dev.sortline.trainer.files;

import org.jspecify.annotations.NullMarked;
