// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** A MobileNetV2 of eight channels throughout and sixteen features, with weights by chance: the shape of the real one, a thousandth of its size. */
public final class TinyBackbone {
    static final int FEATURES = 16;

    private static final int CHANNELS = 8;

    private TinyBackbone() {}

    public static Path writeTo(Path folder) throws IOException {
        Random random = new Random(42);
        StringBuilder manifest = new StringBuilder("tensor\tshape\tsha256\n");
        convolution(folder, manifest, random, "stem", 3, 3, CHANNELS);
        for (int i = 0; i < 17; i++) {
            if (i > 0) {
                convolution(folder, manifest, random, "b" + i + "_expand", 1, CHANNELS, CHANNELS);
            }
            write(folder, manifest, "b" + i + "_dw_kernel", chance(random, 9 * CHANNELS, 9), 3, 3, CHANNELS, 1);
            write(folder, manifest, "b" + i + "_dw_bias", new float[CHANNELS], CHANNELS);
            convolution(folder, manifest, random, "b" + i + "_project", 1, CHANNELS, CHANNELS);
        }
        convolution(folder, manifest, random, "head", 1, CHANNELS, FEATURES);
        Files.writeString(folder.resolve("manifest.tsv"), manifest);
        return folder;
    }

    /** The bytes of a {@code .npy} file, format 1.0. */
    static byte[] npy(float[] values, long... shape) {
        String sizes = LongStream.of(shape).mapToObj(Long::toString).collect(Collectors.joining(", "));
        return npy("{'descr': '<f4', 'fortran_order': False, 'shape': (%s,), }".formatted(sizes), values);
    }

    static byte[] npy(String header, float[] values) {
        byte[] text =
                (header + " ".repeat(63 - (header.length() + 10) % 64) + "\n").getBytes(StandardCharsets.US_ASCII);
        ByteBuffer bytes =
                ByteBuffer.allocate(10 + text.length + values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        bytes.put(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0});
        bytes.putShort((short) text.length).put(text);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return bytes.array();
    }

    private static void convolution(
            Path folder, StringBuilder manifest, Random random, String name, int side, int inputs, int outputs)
            throws IOException {
        int fan = side * side * inputs;
        write(folder, manifest, name + "_kernel", chance(random, fan * outputs, fan), side, side, inputs, outputs);
        write(folder, manifest, name + "_bias", new float[outputs], outputs);
    }

    private static float[] chance(Random random, int count, int fan) {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) (random.nextGaussian() * Math.sqrt(2.0 / fan));
        }
        return values;
    }

    static void write(Path folder, StringBuilder manifest, String name, float[] values, long... shape)
            throws IOException {
        byte[] file = npy(values, shape);
        Files.write(folder.resolve(name + ".npy"), file);
        manifest.append(name)
                .append('\t')
                .append(Arrays.stream(shape).mapToObj(Long::toString).collect(Collectors.joining("x")))
                .append('\t')
                .append(Sha256.of(file))
                .append('\n');
    }
}
