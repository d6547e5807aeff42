// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the network: {@link InferenceBatcher} has the threads that run it, {@link InferenceTrial} finds out how it runs fastest here,
 * {@link SavedNetwork} holds it.
 *
 * <p>Other modules use {@link InferenceSettings}, {@link InferenceTuning}, {@link Precision} and {@link ClassifierClosedException}.
 */
@NullMarked
package dev.sortline.classifier.network;

import org.jspecify.annotations.NullMarked;
