// SPDX-License-Identifier: Apache-2.0
/**
 * The model package: a folder with a SavedModel, its manifest, labels and digest, checked as a whole when it is loaded.
 *
 * <p>{@link ModelPackage} is for all modules; the rest says what stands in its manifest.
 */
@NullMarked
package dev.sortline.classifier.model;

import org.jspecify.annotations.NullMarked;
