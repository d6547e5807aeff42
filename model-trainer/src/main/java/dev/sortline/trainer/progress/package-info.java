// SPDX-License-Identifier: Apache-2.0
/**
 * What the trainer and the evaluation tell whoever asked for their work: how far it has come, and why it cannot be done.
 */
@NullMarked
package dev.sortline.trainer.progress;

import org.jspecify.annotations.NullMarked;
