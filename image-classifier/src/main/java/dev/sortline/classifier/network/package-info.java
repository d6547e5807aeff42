// SPDX-License-Identifier: Apache-2.0
/**
 * Runs the network: {@link InferenceBatcher} has the threads that run it, {@link InferenceTrial} finds out how it runs fastest here.
 *
 * <p>Other modules use {@link InferenceSettings}, {@link InferenceTuning} and {@link ClassifierClosedException}.
 */
@NullMarked
package dev.sortline.classifier.network;

import org.jspecify.annotations.NullMarked;
