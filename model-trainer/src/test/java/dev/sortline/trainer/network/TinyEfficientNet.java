// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * An EfficientNet-Lite of a dozen channels, with weights from a formula: those of {@code src/fixtures/reference/efficientnet_lite.py}, in the same
 * order.
 */
public final class TinyEfficientNet {
    static final int FEATURES = 12;

    private static final int[] KERNELS = {3, 3, 5, 3, 5, 5, 3};
    private static final int[] WIDTHS = {4, 4, 6, 6, 8, 8, 10};
    private static final int STEM = 6;
    private static final int EXPANSION = 2;

    private final Path folder;
    private final StringBuilder manifest = new StringBuilder("tensor\tshape\tsha256\n");
    private int seed;

    private TinyEfficientNet(Path folder) {
        this.folder = folder;
    }

    public static TinyEfficientNet writeTo(Path folder, EfficientNetLite lite) throws IOException {
        int[] repeats =
                lite == EfficientNetLite.LITE0 ? new int[] {1, 2, 2, 3, 3, 4, 1} : new int[] {1, 3, 3, 4, 4, 5, 1};
        TinyEfficientNet tiny = new TinyEfficientNet(folder);
        tiny.layer("stem", 27, STEM, 3, 3, 3, STEM);
        int channels = STEM;
        int block = 0;
        for (int stage = 0; stage < KERNELS.length; stage++) {
            for (int i = 0; i < repeats[stage]; i++) {
                String name = "b" + block++;
                if (stage > 0) {
                    int inner = channels * EXPANSION;
                    tiny.layer(name + "_expand", channels, inner, 1, 1, channels, inner);
                    channels = inner;
                }
                int side = KERNELS[stage];
                tiny.layer(name + "_dw", side * side, channels, side, side, channels, 1);
                tiny.layer(name + "_project", channels, WIDTHS[stage], 1, 1, channels, WIDTHS[stage]);
                channels = WIDTHS[stage];
            }
        }
        tiny.layer("head", channels, FEATURES, 1, 1, channels, FEATURES);
        Files.writeString(folder.resolve("manifest.tsv"), tiny.manifest);
        return tiny;
    }

    /** The classifier that follows in the formula's order, which training would begin by chance. */
    Map<String, NpyArray> classifier(int labels) {
        return Map.of(
                "classifier_kernel",
                NpyArray.of(kernel(FEATURES, FEATURES * labels), FEATURES, labels),
                "classifier_bias",
                NpyArray.of(bias(labels), labels));
    }

    /** Pixels in -1..1. */
    static float[] picture(int size) {
        return chance(1000, size * size * 3, 2);
    }

    private void layer(String name, int fan, int outputs, long... shape) throws IOException {
        int count = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
        TinyBackbone.write(folder, manifest, name + "_kernel", kernel(fan, count), shape);
        TinyBackbone.write(folder, manifest, name + "_bias", bias(outputs), outputs);
    }

    private float[] kernel(int fan, int count) {
        return chance(++seed, count, Math.sqrt(24.0 / fan));
    }

    private float[] bias(int count) {
        return chance(++seed, count, 0.2);
    }

    private static float[] chance(int seed, int count, double scale) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            int x = i * 0x9E3779B1 + seed * 40503;
            x ^= x >>> 15;
            x *= 0x85EBCA77;
            x ^= x >>> 13;
            values[i] = (float) ((Integer.toUnsignedLong(x) / 0x1p32 - 0.5) * scale);
        }
        return values;
    }
}
