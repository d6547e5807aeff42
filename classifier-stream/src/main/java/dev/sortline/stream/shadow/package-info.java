// SPDX-License-Identifier: Apache-2.0
/**
 * A second model, the shadow, that looks at the same frames and decides nothing ({@link ShadowModel}): so a new model is known before a line
 * is given to it. It has what time the first one leaves: the stream never waits for it.
 */
@NullMarked
package dev.sortline.stream.shadow;

import org.jspecify.annotations.NullMarked;
