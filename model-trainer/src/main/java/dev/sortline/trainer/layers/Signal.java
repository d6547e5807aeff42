// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.tensorflow.Operand;
import org.tensorflow.types.TFloat32;

/**
 * What passes from layer to layer of a {@link LayerGraph}: a batch of pictures, channels last, or of rows. A product comes into the graph
 * when something reads it: until then, what scales and shifts its channels goes into its weights.
 */
public final class Signal {
    private final Supplier<Operand<TFloat32>> source;
    private final @Nullable Product product;
    private @Nullable Operand<TFloat32> operand;

    private Signal(Supplier<Operand<TFloat32>> source, @Nullable Product product) {
        this.source = source;
        this.product = product;
    }

    static Signal of(Operand<TFloat32> operand) {
        return new Signal(() -> operand, null);
    }

    static Signal of(Product product, Supplier<Operand<TFloat32>> source) {
        return new Signal(source, product);
    }

    Operand<TFloat32> operand() {
        if (operand == null) {
            operand = source.get();
        }
        return operand;
    }

    /** What this is made of, where it is a linear layer. */
    @Nullable Product product() {
        return product;
    }

    /** How many sizes it has: 4 of pictures, 2 of rows. Asking for it leaves a product out of the graph. */
    public int rank() {
        return product == null ? shape().length : product.rank();
    }

    /** The last of its sizes: how many channels, or numbers in a row. Asking for it leaves a product out of the graph. */
    public long width() {
        if (product != null) {
            return product.outputs();
        }
        long[] shape = shape();
        return shape[shape.length - 1];
    }

    /** The sizes, the batch first, -1 where they are open. Brings a product into the graph. */
    public long[] shape() {
        return operand().shape().asArray();
    }
}
