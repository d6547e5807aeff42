// SPDX-License-Identifier: Apache-2.0
/** Finds pictures that look like one that was trained on, by fingerprints that bear scaling, compression, other light and turns. */
@NullMarked
package dev.sortline.evaluation.likeness;

import org.jspecify.annotations.NullMarked;
