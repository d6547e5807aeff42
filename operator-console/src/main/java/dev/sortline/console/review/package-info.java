// SPDX-License-Identifier: Apache-2.0
/**
 * Shows what people shall look at, and takes what they say: {@link dev.sortline.console.review.ReviewRoutes} answers from the
 * {@linkplain dev.sortline.console.book book} that {@link dev.sortline.console.review.ReviewIntake} writes from the topics. A word is said when the
 * topic of labels has it. The console keeps nothing itself: its next run reads all again.
 */
@NullMarked
package dev.sortline.console.review;

import org.jspecify.annotations.NullMarked;
