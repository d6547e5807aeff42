// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.layers;

import java.util.List;

/**
 * How a kernel moves over a picture.
 *
 * @param strideRows by how many rows from one answer to the next
 * @param strideColumns by how many columns
 * @param dilationRows how many rows apart the kernel's rows are, 1 where they touch
 * @param dilationColumns how many columns apart its columns are
 * @param same whether zeros are put around the picture as TensorFlow's {@code SAME} has it, which leaves its size over the stride; if not,
 *     the kernel stays inside
 */
public record Window(long strideRows, long strideColumns, long dilationRows, long dilationColumns, boolean same) {
    public Window {
        if (strideRows < 1 || strideColumns < 1 || dilationRows < 1 || dilationColumns < 1) {
            throw new IllegalArgumentException("strides and dilations are at least 1, but are %d, %d, %d, %d"
                    .formatted(strideRows, strideColumns, dilationRows, dilationColumns));
        }
    }

    /** One that looks at neighbours. */
    public static Window of(long strideRows, long strideColumns, boolean same) {
        return new Window(strideRows, strideColumns, 1, 1, same);
    }

    String padding() {
        return same ? "SAME" : "VALID";
    }

    List<Long> strides() {
        return List.of(1L, strideRows, strideColumns, 1L);
    }

    List<Long> dilations() {
        return List.of(1L, dilationRows, dilationColumns, 1L);
    }
}
