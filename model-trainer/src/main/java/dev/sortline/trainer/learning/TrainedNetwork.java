// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.trainer.network.NpyArray;
import java.util.List;
import java.util.Map;

/**
 * What a training came to.
 *
 * @param weights those to be served, by their names
 * @param accuracies of each run alone on the pictures for validation, 0..1
 * @param validation what the network does on these pictures with its weights
 */
public record TrainedNetwork(Map<String, NpyArray> weights, List<Double> accuracies, Validation validation) {}
