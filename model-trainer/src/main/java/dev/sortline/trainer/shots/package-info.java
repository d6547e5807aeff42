// SPDX-License-Identifier: Apache-2.0
/**
 * Makes shots of pictures, as a camera over a belt might have taken them, and feeds them to a training by the batch.
 *
 * <p>All chance comes from the generator that is handed in: the same seed makes the same shots, on any number of threads.
 */
@NullMarked
package dev.sortline.trainer.shots;

import org.jspecify.annotations.NullMarked;
