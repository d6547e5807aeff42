// SPDX-License-Identifier: Apache-2.0
/**
 * Takes what people said of reviewed items out of the cluster, as a folder to train on. Begin with {@link dev.sortline.reviews.ReviewExport}.
 */
@NullMarked
package dev.sortline.reviews;

import org.jspecify.annotations.NullMarked;
