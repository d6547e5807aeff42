// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;

/**
 * How a classifier runs its network.
 *
 * @param engine that computes it
 * @param precision of its numbers
 * @param batch most pictures at once, at least 1
 * @param runs of the network at the same time, at least 1
 * @param intraOpThreads threads that share one run, at least 1
 * @param imagesPerSecond of the network alone, run in this way, as measured when this was chosen; 0 when nothing was left to measure
 */
public record InferenceTuning(
        Engine engine, Precision precision, int batch, int runs, int intraOpThreads, double imagesPerSecond) {
    public InferenceTuning {
        if (batch < 1 || runs < 1 || intraOpThreads < 1 || !(imagesPerSecond >= 0)) {
            throw new IllegalArgumentException(
                    "batch, runs and intraOpThreads must be at least 1, imagesPerSecond at least 0");
        }
    }
}
