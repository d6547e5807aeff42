// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier.engine;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/** The numbers that the network is computed in. Pixels go in and scores come out as float32 either way. */
public enum Precision {
    /** As the model was trained. */
    FLOAT32,
    /**
     * Convolutions and products of matrices in bfloat16 with sums in float32, by TensorFlow's automatic mixed precision for oneDNN. Some
     * processors have units for it (AMX, AVX-512 BF16) and are several times faster; on others it is slower.
     */
    BFLOAT16,
    /** Weights and activations of eight bits with measured ranges, sums of 32 bits; made by {@code sortline model quantize}. */
    INT8;

    /** As settings, logs and metrics write it: {@code float32}, {@code bfloat16}, {@code int8}. */
    @JsonValue
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
