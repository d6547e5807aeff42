// SPDX-License-Identifier: Apache-2.0
/** Damage in JPEGs that decoders paint over, found in the entropy-coded data without decoding them. */
@NullMarked
package dev.sortline.classifier.integrity;

import org.jspecify.annotations.NullMarked;
