// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.network.NpyArray;
import io.jhdf.api.Dataset;
import java.util.Arrays;

/** Where the weights of a model's layers are. */
interface KerasWeights {
    /**
     * The weights of one layer.
     *
     * @param names as Keras calls them, in the order in which it keeps them; all of them are there
     * @throws ForeignNetworkException if one is not there
     */
    NpyArray[] of(String layer, String... names);

    /** Those of a model that is a layer of this one. */
    KerasWeights inside(String model);

    /** The numbers of one weight. */
    static NpyArray array(Dataset dataset) {
        long[] shape = Arrays.stream(dataset.getDimensions()).asLongStream().toArray();
        Object data = dataset.getDataFlat();
        if (data instanceof float[] values) {
            return NpyArray.of(values, shape);
        }
        if (data instanceof double[] values) {
            float[] narrow = new float[values.length];
            for (int i = 0; i < values.length; i++) {
                narrow[i] = (float) values[i];
            }
            return NpyArray.of(narrow, shape);
        }
        throw new ForeignNetworkException(
                "has weights that are no floating-point numbers (%s)".formatted(dataset.getPath()));
    }

    static ForeignNetworkException missing(String layer, String weight) {
        return new ForeignNetworkException("has no weights %s of the layer %s".formatted(weight, layer));
    }
}
