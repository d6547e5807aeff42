// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.keras;

import dev.sortline.trainer.layers.LayerGraph;
import dev.sortline.trainer.layers.Signal;
import java.util.List;

/** How a layer of one kind is built. */
@FunctionalInterface
interface LayerFunction {
    /**
     * Adds the layer to the graph.
     *
     * @param inputs at least one
     * @throws dev.sortline.trainer.layers.ForeignNetworkException if it has settings that are not known here; names the layer
     */
    Signal build(LayerGraph graph, KerasLayer layer, List<Signal> inputs);
}
