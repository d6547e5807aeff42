// SPDX-License-Identifier: Apache-2.0
/**
 * Augments pictures: paints them as a camera over a belt might have taken them another time.
 *
 * <p>All chance comes from the generator that is handed in: the same seed makes the same pictures, on any number of threads.
 */
@NullMarked
package dev.sortline.trainer.augmentation;

import org.jspecify.annotations.NullMarked;
