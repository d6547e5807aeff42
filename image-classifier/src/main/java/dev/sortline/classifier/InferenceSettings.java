// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import org.jspecify.annotations.Nullable;

/**
 * How the network is to be run. What is left open is measured at start.
 *
 * @param precision float32 or bfloat16; measured when absent
 * @param batch most pictures that the network gets at once, 1 to {@value #LARGEST_BATCH}; measured when absent
 * @param intraOpThreads threads that share one run of the network, at least 1; all processors when absent. TensorFlow has one pool a
 *     process: the first model that is opened decides
 */
public record InferenceSettings(
        @Nullable Precision precision, @Nullable Integer batch, @Nullable Integer intraOpThreads) {
    /** More pictures at once than this gain nothing and take memory. */
    public static final int LARGEST_BATCH = 64;

    /** All is measured. */
    public static final InferenceSettings MEASURED = new InferenceSettings(null, null, null);

    /** As the model was trained, nothing measured: ready sooner, and the same answers on every machine. */
    public static final InferenceSettings AS_TRAINED = new InferenceSettings(Precision.FLOAT32, 8, null);

    public InferenceSettings {
        if (batch != null && (batch < 1 || batch > LARGEST_BATCH)) {
            throw new IllegalArgumentException("batch is %d: must be from 1 to %d".formatted(batch, LARGEST_BATCH));
        }
        if (intraOpThreads != null && intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads is %d: must be at least 1".formatted(intraOpThreads));
        }
    }
}
