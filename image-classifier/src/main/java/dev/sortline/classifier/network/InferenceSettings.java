// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import org.jspecify.annotations.Nullable;

/**
 * How the network is to be run. What is left open is measured at start.
 *
 * @param precision float32 or bfloat16; measured when absent
 * @param batch most pictures that the network gets at once, 1 to {@value #LARGEST_BATCH}; measured when absent
 * @param runs runs of the network at the same time, 1 to {@value #MOST_RUNS}; measured when absent
 * @param intraOpThreads threads that share one run of the network, at least 1; 1 when absent. TensorFlow has one pool a process: the first
 *     model that is opened decides
 */
public record InferenceSettings(
        @Nullable Precision precision,
        @Nullable Integer batch,
        @Nullable Integer runs,
        @Nullable Integer intraOpThreads) {
    /** More pictures at once than this gain nothing and take memory. */
    public static final int LARGEST_BATCH = 64;

    /** Each run holds its own memory, and no machine that we know has more processors to spare for them. */
    public static final int MOST_RUNS = 64;

    /** All is measured. */
    public static final InferenceSettings MEASURED = new InferenceSettings(null, null, null, null);

    /**
     * As the model was trained, nothing measured, one run on all processors: ready sooner, and the same answers on every machine. Training in
     * the same process keeps all processors, too.
     */
    public static final InferenceSettings AS_TRAINED =
            new InferenceSettings(Precision.FLOAT32, 8, 1, Runtime.getRuntime().availableProcessors());

    public InferenceSettings {
        checkRange("batch", batch, LARGEST_BATCH);
        checkRange("runs", runs, MOST_RUNS);
        if (intraOpThreads != null && intraOpThreads < 1) {
            throw new IllegalArgumentException("intraOpThreads is %d: must be at least 1".formatted(intraOpThreads));
        }
    }

    private static void checkRange(String what, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw new IllegalArgumentException("%s is %d: must be from 1 to %d".formatted(what, value, most));
        }
    }
}
