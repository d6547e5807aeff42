// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;

/** A small network of each kind that can be trained here, with weights by chance, and pictures to ask it about. */
public final class TinyNetworks {
    private TinyNetworks() {}

    /**
     * A network of each kind.
     *
     * @param folder for weights that one of them begins with
     * @param size of its pictures in pixels
     */
    public static Stream<Network> ofEachKind(Path folder, int size, int labels) throws IOException {
        TinyEfficientNet.writeTo(folder, EfficientNetLite.LITE0);
        return Stream.of(
                MobileNetV2.ofWidth(0.35, labels, 1),
                EfficientNetLite.LITE0.from(PretrainedWeights.read(folder), labels, 1),
                new SmallCnn(size, labels, 1));
    }

    /** A picture of so many pixels across of which each pixel is chance, -1 to 1. */
    public static FloatBuffer noise(int size, long seed) {
        FloatBuffer pixels = ByteBuffer.allocateDirect(3 * size * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        Random random = new Random(seed);
        for (int i = 0; i < pixels.capacity(); i++) {
            pixels.put(i, random.nextFloat() * 2 - 1);
        }
        return pixels;
    }
}
