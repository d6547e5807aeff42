// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.NpyArray;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What one run of a training came to.
 *
 * @param accuracy share of the validation pictures that it names rightly, 0..1
 * @param weights its averaged weights by their names
 */
record TrainedRun(double accuracy, Map<String, NpyArray> weights) {

    /**
     * The mean of the weights of runs that began at the same weights. It is mostly better than each of them, on strange pictures too, and
     * costs no more in service (Wortsman et al., "Model soups", 2022).
     *
     * @param runs at least one
     */
    static Map<String, NpyArray> meanWeights(List<TrainedRun> runs) {
        Map<String, NpyArray> mean = new LinkedHashMap<>();
        runs.get(0).weights().forEach((name, first) -> {
            float[] sum = new float[first.values().length];
            for (TrainedRun run : runs) {
                NpyArray array = run.weights().getOrDefault(name, first);
                for (int i = 0; i < sum.length; i++) {
                    sum[i] += array.values()[i] / runs.size();
                }
            }
            mean.put(name, NpyArray.of(sum, first.shape()));
        });
        return mean;
    }
}
