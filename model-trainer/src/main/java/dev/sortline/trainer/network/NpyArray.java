// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;

/**
 * A tensor of float32 numbers, rows first, and how NumPy stores it: format 1.0 to 3.0 ({@code numpy.lib.format}), little-endian. Nothing
 * else is read.
 */
public final class NpyArray {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final Pattern TYPE = Pattern.compile("'descr':\\s*'([^'\\p{Cntrl}]{1,20})'");
    private static final Pattern ORDER = Pattern.compile("'fortran_order':\\s*(True|False)");
    /** Up to eight sizes: no network has a tensor of more. */
    private static final Pattern SHAPE = Pattern.compile("'shape':\\s*\\(((?:[0-9]{1,10}, ?){0,7}(?:[0-9]{1,10})?)\\)");

    private final long[] shape;
    private final float[] values;

    private NpyArray(long[] shape, float[] values) {
        this.shape = shape;
        this.values = values;
    }

    /**
     * Reads the content of a {@code .npy} file.
     *
     * @throws IllegalArgumentException says in one line what does not fit
     */
    static NpyArray read(byte[] file) {
        if (file.length < 12 || !Arrays.equals(file, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
            throw new IllegalArgumentException("is no .npy file");
        }
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        int start = file[6] == 1 ? 10 : 12;
        long length = file[6] == 1 ? Short.toUnsignedLong(bytes.getShort(8)) : Integer.toUnsignedLong(bytes.getInt(8));
        if (start + length > file.length) {
            throw new IllegalArgumentException("ends inside its header");
        }
        String header = new String(file, start, (int) length, StandardCharsets.ISO_8859_1);
        String type = find(header, "descr", TYPE);
        if (!type.equals("<f4")) {
            throw new IllegalArgumentException("holds " + type + ", only little-endian float32 (<f4) is read");
        }
        if (find(header, "fortran_order", ORDER).equals("True")) {
            throw new IllegalArgumentException("is stored columns first, only rows first is read");
        }
        long[] shape = shape(find(header, "shape", SHAPE));
        bytes.position(start + (int) length);
        if (!BigInteger.valueOf(bytes.remaining()).equals(bytesOf(shape))) {
            throw new IllegalArgumentException("has %d bytes of numbers, its shape %s needs %d"
                    .formatted(bytes.remaining(), Arrays.toString(shape), bytesOf(shape)));
        }
        float[] values = new float[bytes.remaining() / Float.BYTES];
        bytes.asFloatBuffer().get(values);
        return new NpyArray(shape, values);
    }

    /** Takes the array over. */
    public static NpyArray of(float[] values, long... shape) {
        if (LongStream.of(shape).reduce(1, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(
                    "%d numbers have no shape %s".formatted(values.length, Arrays.toString(shape)));
        }
        return new NpyArray(shape, values);
    }

    static NpyArray zeros(long... shape) {
        return of(new float[Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact))], shape);
    }

    /**
     * Normally distributed with variance {@code 2 / fanIn}, which keeps a signal's strength through ReLU layers (He et al., "Delving Deep
     * into Rectifiers", 2015).
     *
     * @param fanIn how many inputs each output sums
     */
    static NpyArray random(RandomGenerator random, long fanIn, long... shape) {
        NpyArray array = zeros(shape);
        double deviation = Math.sqrt(2.0 / fanIn);
        for (int i = 0; i < array.values.length; i++) {
            array.values[i] = (float) (random.nextGaussian() * deviation);
        }
        return array;
    }

    /** The sizes, the slowest to change first. */
    public long[] shape() {
        return shape.clone();
    }

    /** The numbers, rows first; not a copy. */
    public float[] values() {
        return values;
    }

    private static String find(String header, String key, Pattern entry) {
        Matcher matcher = entry.matcher(header);
        if (!matcher.find()) {
            throw new IllegalArgumentException("has a header without a '%s' that is understood".formatted(key));
        }
        return matcher.group(1);
    }

    /** Not in 64 bits: sizes that a file only claims may overflow them. */
    private static BigInteger bytesOf(long[] shape) {
        return LongStream.of(shape)
                .mapToObj(BigInteger::valueOf)
                .reduce(BigInteger.valueOf(Float.BYTES), BigInteger::multiply);
    }

    private static long[] shape(String text) {
        return Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToLong(Long::parseLong)
                .toArray();
    }
}
