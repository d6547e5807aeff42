// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.PixelScaling;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.tensorflow.Operand;
import org.tensorflow.op.Ops;
import org.tensorflow.types.TFloat32;

/** A network that can be trained: the weights that it starts from, and how it makes logits of images. Immutable. */
public interface Network {

    /** What its weights' names end in that are multiplied and so decay; the others are added. */
    String KERNEL = "_kernel";

    /** In a sentence's middle: "MobileNetV2 with the weights …". */
    String description();

    /** The range of the input's values. */
    PixelScaling scaling();

    /** The weights to start from, by their names, from the input to the output. */
    Map<String, NpyArray> initialWeights();

    /** The layer that a weight belongs to: 0 at the input, {@link #lastLayer} for the classifier. */
    int layer(String weight);

    /** The layer whose output are the logits. */
    int lastLayer();

    /** Whether it can learn on pictures of another size than it has in service. */
    default boolean takesAnySize() {
        return true;
    }

    /** How many numbers the classifier sees. */
    int features();

    /**
     * Adds the network to a graph.
     *
     * @param images float32 {@code [n, size, size, 3]}, RGB, in the range of {@link #scaling}
     * @param thinning what becomes of the features, float32 {@code [n, features]}, on their way to the classifier: some are dropped in
     *     training, none in service
     * @return float32 {@code [n, labels]}
     */
    Operand<TFloat32> logits(
            Ops tf, Operand<TFloat32> images, WeightSource weights, UnaryOperator<Operand<TFloat32>> thinning);
}
