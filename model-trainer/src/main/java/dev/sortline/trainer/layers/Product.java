// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import dev.sortline.trainer.network.NpyArray;

/**
 * A linear layer.
 *
 * @param kernel of a convolution {@code [rows, columns, inputs, outputs]}, of a depthwise one {@code [rows, columns, channels, times]}, of a
 *     dense layer {@code [inputs, outputs]}
 * @param bias what is added to each output; no numbers where that is nothing
 */
record Product(String name, Kind kind, Signal x, NpyArray kernel, NpyArray bias, Window window) {
    enum Kind {
        CONVOLUTION,
        DEPTHWISE,
        DENSE
    }

    /** One that only multiplies. */
    static Product of(String name, Kind kind, Signal x, NpyArray kernel, Window window) {
        return new Product(name, kind, x, kernel, NpyArray.of(new float[0], 0), window);
    }

    int rank() {
        return kind == Kind.DENSE ? 2 : 4;
    }

    int outputs() {
        long[] shape = kernel.shape();
        return Math.toIntExact(
                switch (kind) {
                    case CONVOLUTION -> shape[3];
                    case DEPTHWISE -> shape[2] * shape[3];
                    case DENSE -> shape[1];
                });
    }

    /** The layer whose outputs are scaled and shifted. */
    Product scaled(float[] multiplier, float[] offset) {
        float[] values = kernel.values().clone();
        int outputs = outputs();
        for (int i = 0; i < values.length; i++) {
            values[i] *= multiplier[i % outputs];
        }
        float[] shifted = offset.clone();
        for (int i = 0; i < bias.values().length; i++) {
            shifted[i] += bias.values()[i] * multiplier[i];
        }
        return new Product(name, kind, x, NpyArray.of(values, kernel.shape()), NpyArray.of(shifted, outputs), window);
    }
}
