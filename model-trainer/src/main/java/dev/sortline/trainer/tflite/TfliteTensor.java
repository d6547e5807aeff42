// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite;

import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.HalfFloat;
import dev.sortline.trainer.network.NpyArray;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * A tensor of the file.
 *
 * @param table {@code Tensor} of the schema
 * @param content its numbers; empty where they come from an operation
 */
record TfliteTensor(FlatTable table, ByteBuffer content) {
    private static final int SHAPE = 0;
    private static final int TYPE = 1;
    private static final int NAME = 3;
    private static final int QUANTIZATION = 4;
    private static final int SPARSITY = 6;

    static final int FLOAT32 = 0;
    static final int FLOAT16 = 1;
    static final int INT32 = 2;
    static final int UINT8 = 3;
    static final int INT64 = 4;
    static final int INT8 = 9;

    String name() {
        return table.text(NAME);
    }

    int type() {
        return table.octet(TYPE);
    }

    long[] shape() {
        return IntStream.of(table.integers(SHAPE)).asLongStream().toArray();
    }

    boolean isConstant() {
        return content.hasRemaining();
    }

    /** Counts places and sizes, not values. */
    boolean isOfShapes() {
        return (type() == INT32 || type() == INT64)
                && table.table(QUANTIZATION)
                        .map(q -> q.fractions(2).length == 0)
                        .orElse(true);
    }

    /** Whole numbers, as of axes and sizes. */
    int[] integers() {
        int[] values = new int[content.remaining() / Integer.BYTES];
        content.duplicate().order(content.order()).asIntBuffer().get(values);
        return values;
    }

    /**
     * The numbers that it stands for: those of eight bits times their scale, from their zero point on.
     *
     * @throws ForeignNetworkException if it is no constant of a known type
     */
    NpyArray values() {
        long[] shape = shape();
        int count = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
        if (table.table(SPARSITY).isPresent()) {
            throw unusable("weights that are stored sparsely");
        }
        ByteBuffer bytes = content.duplicate().order(content.order());
        int width =
                switch (type()) {
                    case FLOAT32, INT32 -> 4;
                    case FLOAT16 -> 2;
                    case UINT8, INT8 -> 1;
                    default -> throw unusable("weights of another type than float32, float16 and int8");
                };
        if (!isConstant() || bytes.remaining() != (long) width * count) {
            throw unusable("weights that are not all there");
        }
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = switch (type()) {
                case FLOAT32 -> bytes.getFloat();
                case FLOAT16 -> HalfFloat.toFloat(bytes.getShort());
                case INT32 -> bytes.getInt();
                case UINT8 -> Byte.toUnsignedInt(bytes.get());
                default -> bytes.get();
            };
        }
        if (type() != FLOAT32 && type() != FLOAT16) {
            scale(values, shape);
        }
        return NpyArray.of(values, shape);
    }

    private void scale(float[] values, long[] shape) {
        FlatTable quantization = table.table(QUANTIZATION).orElseThrow(() -> unusable("whole numbers without a scale"));
        float[] scales = quantization.fractions(2);
        long[] zeros = quantization.longIntegers(3);
        if (scales.length == 0) {
            throw unusable("whole numbers without a scale");
        }
        int axis = quantization.integer(6, 0);
        int inner =
                Math.toIntExact(LongStream.of(Arrays.copyOfRange(shape, Math.min(axis + 1, shape.length), shape.length))
                        .reduce(1, Math::multiplyExact));
        for (int i = 0; i < values.length; i++) {
            int channel = scales.length == 1 ? 0 : i / inner % scales.length;
            long zero = zeros.length == 0 ? 0 : zeros[zeros.length == 1 ? 0 : channel];
            values[i] = (values[i] - zero) * scales[channel];
        }
    }

    private ForeignNetworkException unusable(String what) {
        return new ForeignNetworkException("has %s, which are not known here (%s)".formatted(what, name()));
    }
}
