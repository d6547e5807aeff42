// SPDX-License-Identifier: Apache-2.0
/** Finds and reads folders of labelled pictures. */
@NullMarked
package dev.sortline.trainer.pictures;

import org.jspecify.annotations.NullMarked;
