// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import com.google.flatbuffers.FlatBufferBuilder;
import java.util.List;

/**
 * How an operation is to be done: a table of {@code BuiltinOptions} in the schema.
 *
 * @param number of the table in that union; 0 for none
 * @param fields in the order of the table: a {@link Byte}, {@link Boolean}, {@link Integer} or {@link Float} each
 */
record Options(int number, List<Object> fields) {
    /** There is nothing to say. */
    static final Options NONE = new Options(0, List.of());

    private static final int CONV_2D = 1;
    private static final int DEPTHWISE_CONV_2D = 2;
    private static final int POOL_2D = 5;
    private static final int FULLY_CONNECTED = 8;
    private static final int SOFTMAX = 9;
    private static final int CONCATENATION = 10;
    private static final int REDUCER = 27;
    private static final int STRIDED_SLICE = 32;
    private static final int LEAKY_RELU = 75;

    /** What is done to the answers of an operation before they leave it. */
    enum Activation {
        NONE(0),
        RELU(1),
        RELU6(3);

        private final byte number;

        Activation(int number) {
            this.number = (byte) number;
        }
    }

    /**
     * How a window goes over a picture, rows before columns.
     *
     * @param same whether the picture is padded so that no place is lost, else it is not padded
     */
    record Strides(boolean same, int rows, int columns, int dilatedRows, int dilatedColumns) {
        private byte padding() {
            return (byte) (same ? 0 : 1);
        }

        /** How many places a window of a size has along an axis. */
        int places(int size, int window, int axis) {
            int stride = axis == 0 ? rows : columns;
            int dilation = axis == 0 ? dilatedRows : dilatedColumns;
            int lost = same ? 0 : dilation * (window - 1);
            return (size - lost + stride - 1) / stride;
        }
    }

    static Options convolution(Strides strides, Activation activation) {
        return new Options(
                CONV_2D,
                List.of(
                        strides.padding(),
                        strides.columns(),
                        strides.rows(),
                        activation.number,
                        strides.dilatedColumns(),
                        strides.dilatedRows()));
    }

    /** @param times outputs of each channel */
    static Options depthwise(Strides strides, int times, Activation activation) {
        return new Options(
                DEPTHWISE_CONV_2D,
                List.of(
                        strides.padding(),
                        strides.columns(),
                        strides.rows(),
                        times,
                        activation.number,
                        strides.dilatedColumns(),
                        strides.dilatedRows()));
    }

    static Options pool(Strides strides, int rows, int columns) {
        return new Options(
                POOL_2D,
                List.of(strides.padding(), strides.columns(), strides.rows(), columns, rows, Activation.NONE.number));
    }

    static Options dense(Activation activation) {
        return new Options(FULLY_CONNECTED, List.of(activation.number));
    }

    static Options softmax() {
        return new Options(SOFTMAX, List.of(1f));
    }

    static Options concatenation(int axis) {
        return new Options(CONCATENATION, List.of(axis));
    }

    /** @param number of the operation's own table, whose first field is the activation */
    static Options activated(int number, Activation activation) {
        return new Options(number, List.of(activation.number));
    }

    /** @param kept whether the axes that are reduced stay, with one place each */
    static Options reduced(boolean kept) {
        return new Options(REDUCER, List.of(kept));
    }

    /** @param whole bits of the axes that are taken whole */
    static Options part(int whole) {
        return new Options(STRIDED_SLICE, List.of(whole, whole, 0, 0, 0));
    }

    static Options leaky(float slope) {
        return new Options(LEAKY_RELU, List.of(slope));
    }

    /** Writes the table, and gives its place. */
    int writeTo(FlatBufferBuilder file) {
        file.startTable(fields.size());
        for (int i = 0; i < fields.size(); i++) {
            Object field = fields.get(i);
            if (field instanceof Byte octet) {
                file.addByte(octet);
            } else if (field instanceof Boolean flag) {
                file.addBoolean(flag);
            } else if (field instanceof Float fraction) {
                file.addFloat(fraction);
            } else {
                file.addInt((Integer) field);
            }
            file.slot(i);
        }
        return file.endTable();
    }
}
