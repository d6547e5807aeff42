// SPDX-License-Identifier: Apache-2.0
/**
 * What the line is measured against, each the {@code main} of a JVM of its own that writes its result to standard output as JSON: the bare
 * loop and the bare frame without Kafka, the plain consumer that one writes first, and a consumer with ONNX Runtime.
 *
 * <p>{@link dev.sortline.benchmarks.peers.ServedClassifier} alone knows how {@code sortline classify} runs its classifier.
 */
@NullMarked
package dev.sortline.benchmarks.peers;

import org.jspecify.annotations.NullMarked;
