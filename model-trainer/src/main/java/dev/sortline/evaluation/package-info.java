// SPDX-License-Identifier: Apache-2.0
/**
 * Measures model packages on labelled pictures.
 *
 * <p>{@link dev.sortline.evaluation.Evaluation#run} asks a model about every picture of some folders, by the very calls that serve the line,
 * and {@link dev.sortline.evaluation.EvaluationReport} writes what came out: a page for people and a file for programs.
 *
 * <pre>{@code
 * Evaluation evaluation = Evaluation.run(classifier, List.of(data), progress);
 * evaluation.accuracy();                         // 0.914
 * evaluation.riskCoverage().at(0.9).accuracy();  // 0.949: on the nine tenths that the model is surest of
 * new EvaluationReport("waste 2.0.0", data, evaluation).write(Path.of("out"));
 * }</pre>
 *
 * <p><b>Three questions.</b> How often is the model right, and does it know when it is not ({@code figures})? And whether the answers mean
 * anything: pictures that look like one that was trained on are found and named ({@code likeness}). How much of it
 * is left when a lens is dirty, a belt fast or a lamp dark is a third ({@code corruption}).
 *
 * <p><b>Memory.</b> What is held of each picture is its path, a few words and numbers and, where folders are compared, 32 bytes of
 * fingerprint: never its pixels.
 *
 * <p><b>Errors.</b> What the user gave and cannot be used ends in a
 * {@link dev.sortline.trainer.progress.TrainingInputException}. A picture that cannot be read is named and skipped.
 */
@NullMarked
package dev.sortline.evaluation;

import org.jspecify.annotations.NullMarked;
