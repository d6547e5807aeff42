// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.network;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import org.jspecify.annotations.Nullable;

/**
 * How the network is to be run. What is left open is measured at the first start. Each setting is described where it is declared; docs/line-file.md is
 * made of that. TensorFlow has one pool of {@code intraOpThreads} a process: the first model that is opened decides.
 */
public record InferenceSettings(
        @JsonPropertyDescription("what computes the network; measured at start when absent") @Nullable Engine engine,
        @JsonPropertyDescription("the numbers that the network is computed in; measured at start when absent") @Nullable Precision precision,
        @JsonPropertyDescription("most pictures that the network gets at once; measured at start when absent")
                @Min(1) @Max(LARGEST_BATCH) @Nullable Integer batch,
        @JsonPropertyDescription("runs of the network at the same time; measured at start when absent")
                @Min(1) @Max(MOST_RUNS) @Nullable Integer runs,
        @JsonPropertyDescription("threads that share one run of the network")
                @JsonProperty(defaultValue = "" + INTRA_OP_THREADS)
                @Min(1) @Nullable Integer intraOpThreads) {
    /** More pictures at once than this gain nothing and take memory. */
    public static final int LARGEST_BATCH = 64;

    /** Each run holds its own memory, and no machine that we know has more processors to spare for them. */
    public static final int MOST_RUNS = 64;

    /** Threads that share one run of the network unless the settings say otherwise. */
    public static final int INTRA_OP_THREADS = 1;

    /** All is measured. */
    public static final InferenceSettings MEASURED = new InferenceSettings(null, null, null, null, null);

    /**
     * As the model was trained, nothing measured, one run on all processors: ready sooner, and the same answers on every machine. Training in
     * the same process keeps all processors, too.
     */
    public static final InferenceSettings AS_TRAINED = new InferenceSettings(
            Engine.TENSORFLOW, Precision.FLOAT32, 8, 1, Runtime.getRuntime().availableProcessors());

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
