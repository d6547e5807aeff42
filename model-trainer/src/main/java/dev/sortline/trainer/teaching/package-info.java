// SPDX-License-Identifier: Apache-2.0
/**
 * Teachers: models that say what they see on the very shots that another one learns from, and a book that keeps what they said.
 */
@NullMarked
package dev.sortline.trainer.teaching;

import org.jspecify.annotations.NullMarked;
