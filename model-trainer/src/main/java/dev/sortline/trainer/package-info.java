// SPDX-License-Identifier: Apache-2.0
/**
 * Makes and measures model packages.
 *
 * <p>{@link dev.sortline.trainer.TransferLearning} turns folders of labelled pictures and the weights of a backbone into a
 * {@linkplain dev.sortline.classifier.ModelPackage model package}, {@link dev.sortline.trainer.ModelImport} does so with a SavedModel that
 * Keras exported; {@link dev.sortline.trainer.Evaluation} runs a package over labelled
 * pictures through the very code that serves the line, and says how often it is right.
 *
 * <p><b>Errors.</b> What the user gave and cannot be used ends in a {@link dev.sortline.trainer.TrainingInputException} with one line that
 * says what, where and what to do. A picture that cannot be read is named, skipped and counted.
 *
 * <p><b>Chance.</b> All of it comes from the seed: the same order on the same pictures and the same machine gives the same bytes.
 *
 * <p><b>Memory.</b> Features lie in a temporary file; what is held of each picture is its path and its label.
 */
@NullMarked
package dev.sortline.trainer;

import org.jspecify.annotations.NullMarked;
