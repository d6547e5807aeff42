// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

/**
 * Augmented pictures for one step. The arrays are not copied.
 *
 * @param count how many
 * @param size width and height of each in pixels
 * @param images {@code [count, size, size, 3]} in the network's range
 * @param truths {@code [count, labels]}: how much of each label a picture shows, 1 in all
 * @param lessons {@code [count, labels]}: what teachers hold for how likely, softened, 1 in all; empty where there are none
 * @param weights {@code [count]}: how much each picture counts
 * @param kept {@code [count, features]}: what each of the classifier's inputs is multiplied by
 */
@SuppressWarnings("ArrayRecordComponent") // handed from the feed to the training and compared by nobody
record Batch(int count, int size, float[] images, float[] truths, float[] lessons, float[] weights, float[] kept) {}
