// SPDX-License-Identifier: Apache-2.0
/**
 * Makes model packages.
 *
 * <p>{@link dev.sortline.trainer.Training} turns folders of labelled pictures, and the weights of a network that knows others, into a
 * {@linkplain dev.sortline.classifier.model.ModelPackage model package}; {@link dev.sortline.trainer.imports.ModelImport} does so with a
 * network that another tool wrote, {@link dev.sortline.trainer.exports.ModelExport} gives one to other tools; {@code dev.sortline.evaluation} measures it.
 *
 * <p>{@link dev.sortline.trainer.network.FrozenModel#weights} gives the weights of a package that was made here, each as a {@link
 * dev.sortline.trainer.network.NpyArray}: kernels are rows, columns, inputs, outputs (depthwise: rows, columns, channels, 1).
 *
 * <p><b>Errors.</b> What the user gave and cannot be used ends in a
 * {@link dev.sortline.trainer.progress.TrainingInputException} with one line that says what, where and what to do. A picture that cannot be read is named, skipped and counted.
 *
 * <p><b>Chance.</b> All of it comes from the seed: the same request on the same pictures and the same machine gives the same bytes,
 * also when the training was killed and started again.
 *
 * <p><b>Memory.</b> What is held of each picture is its path and its label; the pixels of a few batches are held at a time.
 */
@NullMarked
package dev.sortline.trainer;

import org.jspecify.annotations.NullMarked;
