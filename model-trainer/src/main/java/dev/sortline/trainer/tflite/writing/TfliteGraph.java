// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite.writing;

import com.google.flatbuffers.FlatBufferBuilder;
import dev.sortline.trainer.tflite.TfliteOperator;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A network for TensorFlow Lite as it is being written, by version 3 of its schema. Tensors are known by their numbers, in the order in which they
 * were added; the first axis of each that is no constant is the batch, whose size is open and 1 until somebody says otherwise.
 */
final class TfliteGraph {
    private static final int SCHEMA = 3;
    private static final String IDENTIFIER = "TFL3";
    /** As the schema wants the content of a tensor to lie. */
    private static final int ALIGNMENT = 16;

    private static final byte FLOAT32 = 0;
    private static final byte INT32 = 2;
    private static final byte INT8 = 9;

    private final List<Tensor> tensors = new ArrayList<>();
    private final List<Operation> operations = new ArrayList<>();
    private final List<Code> codes = new ArrayList<>();

    /**
     * @param content numbers of a constant, little-endian; none for what operations make
     * @param scales of its steps: none, one for all, or one a place along the axis
     * @param zero the step that stands for 0
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Tensor(String name, byte type, int[] shape, byte[] content, float[] scales, int zero, int axis) {}

    private record Code(TfliteOperator operator, int version) {}

    private record Operation(int code, List<Integer> inputs, int output, Options options) {}

    /** Adds what an operation makes, or what the network gets, in float32. */
    int floats(String name, int... shape) {
        return add(new Tensor(name, FLOAT32, shape, new byte[0], new float[0], 0, 0));
    }

    /** Adds what an operation makes, in steps of eight bits. */
    int steps(String name, float scale, int zero, int... shape) {
        return add(new Tensor(name, INT8, shape, new byte[0], new float[] {scale}, zero, 0));
    }

    /** Adds a constant. */
    int constant(String name, float[] values, int... shape) {
        byte[] content = new byte[values.length * Float.BYTES];
        little(content).asFloatBuffer().put(values);
        return add(new Tensor(name, FLOAT32, shape, content, new float[0], 0, 0));
    }

    /** Adds a constant that counts places, sizes or axes. */
    int counts(String name, int[] values, int... shape) {
        return add(new Tensor(name, INT32, shape, integers(values), new float[0], 0, 0));
    }

    /** Adds a constant in steps of eight bits, with a scale a place along an axis. */
    int weights(String name, byte[] steps, float[] scales, int axis, int... shape) {
        return add(new Tensor(name, INT8, shape, steps, scales, 0, axis));
    }

    /** Adds a constant in steps of 32 bits, with a scale each. */
    int bias(String name, int[] steps, float[] scales) {
        return add(new Tensor(name, INT32, new int[] {steps.length}, integers(steps), scales, 0, 0));
    }

    private int add(Tensor tensor) {
        tensors.add(tensor);
        return tensors.size() - 1;
    }

    /** The shape of a tensor, its batch taken for 1. */
    int[] shape(int tensor) {
        return tensors.get(tensor).shape();
    }

    /** Adds an operation, whose inputs are made by others before it. */
    void operation(TfliteOperator operator, int version, List<Integer> inputs, int output, Options options) {
        Code code = new Code(operator, version);
        if (!codes.contains(code)) {
            codes.add(code);
        }
        operations.add(new Operation(codes.indexOf(code), inputs, output, options));
    }

    private static byte[] integers(int[] values) {
        byte[] content = new byte[values.length * Integer.BYTES];
        little(content).asIntBuffer().put(values);
        return content;
    }

    private static ByteBuffer little(byte[] content) {
        return ByteBuffer.wrap(content).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** The file, with a signature {@code serving_default} that calls input and outputs by their tensors' names. */
    byte[] written(int input, List<Integer> outputs) {
        int room = tensors.stream().mapToInt(tensor -> tensor.content().length).sum();
        return new File(new FlatBufferBuilder(room + (1 << 16))).of(input, outputs);
    }

    /** Parts come before what they are part of. */
    private final class File {
        private final FlatBufferBuilder file;
        /** Where a list of zeros stands, by its length. */
        private final Map<Integer, Integer> zeros = new HashMap<>();

        File(FlatBufferBuilder file) {
            this.file = file;
        }

        byte[] of(int input, List<Integer> outputs) {
            int buffers = buffers();
            int network = tables(List.of(network(input, outputs)));
            int operators = tables(codes.stream().map(this::code).toList());
            int signatures = tables(List.of(signature(input, outputs)));
            int description = file.createString("sortline");
            file.startTable(8);
            file.addInt(SCHEMA);
            file.slot(0);
            file.addOffset(1, operators, 0);
            file.addOffset(2, network, 0);
            file.addOffset(3, description, 0);
            file.addOffset(4, buffers, 0);
            file.addOffset(7, signatures, 0);
            file.finish(file.endTable(), IDENTIFIER);
            return file.sizedByteArray();
        }

        /** The first is empty, as the schema wants it; it is that of all tensors that are made. */
        private int buffers() {
            List<Integer> all = new ArrayList<>(List.of(buffer(new byte[0])));
            for (Tensor tensor : tensors) {
                if (tensor.content().length > 0) {
                    all.add(buffer(tensor.content()));
                }
            }
            return tables(all);
        }

        private int buffer(byte[] content) {
            if (content.length > 0) {
                file.createUnintializedVector(1, content.length, ALIGNMENT).put(content);
                int data = file.endVector();
                file.startTable(3);
                file.addOffset(0, data, 0);
            } else {
                file.startTable(3);
            }
            return file.endTable();
        }

        private int network(int input, List<Integer> outputs) {
            List<Integer> all = new ArrayList<>();
            int buffer = 0;
            for (Tensor tensor : tensors) {
                all.add(tensor(tensor, tensor.content().length > 0 ? ++buffer : 0));
            }
            int made = tables(all);
            int in = integers(input);
            int out = integers(outputs.stream().mapToInt(i -> i).toArray());
            int done = tables(operations.stream().map(this::operation).toList());
            int name = file.createString("main");
            file.startTable(5);
            file.addOffset(0, made, 0);
            file.addOffset(1, in, 0);
            file.addOffset(2, out, 0);
            file.addOffset(3, done, 0);
            file.addOffset(4, name, 0);
            return file.endTable();
        }

        private int tensor(Tensor tensor, int buffer) {
            int name = file.createString(tensor.name());
            int shape = integers(tensor.shape());
            int open = 0;
            if (buffer == 0) {
                int[] signature = tensor.shape().clone();
                signature[0] = -1;
                open = integers(signature);
            }
            int quantization = tensor.scales().length == 0 ? 0 : quantization(tensor);
            file.startTable(9);
            file.addOffset(0, shape, 0);
            file.addByte(1, tensor.type(), 0);
            file.addInt(2, buffer, 0);
            file.addOffset(3, name, 0);
            file.addOffset(4, quantization, 0);
            file.addOffset(7, open, 0);
            file.addBoolean(8, true, false);
            return file.endTable();
        }

        private int quantization(Tensor tensor) {
            int count = tensor.scales().length;
            file.startVector(Float.BYTES, count, Float.BYTES);
            for (int i = count - 1; i >= 0; i--) {
                file.addFloat(tensor.scales()[i]);
            }
            int scales = file.endVector();
            int zero = tensor.zero() == 0
                    ? zeros.computeIfAbsent(count, n -> repeated(0, n))
                    : repeated(tensor.zero(), count);
            file.startTable(7);
            file.addOffset(2, scales, 0);
            file.addOffset(3, zero, 0);
            file.addInt(6, tensor.axis(), 0);
            return file.endTable();
        }

        private int repeated(long value, int count) {
            file.startVector(Long.BYTES, count, Long.BYTES);
            for (int i = 0; i < count; i++) {
                file.addLong(value);
            }
            return file.endVector();
        }

        /** Numbers from 127 on have a field of their own; readers of old look into the other. */
        private int code(Code code) {
            file.startTable(4);
            file.addByte(0, (byte) Math.min(code.operator().number(), Byte.MAX_VALUE), 0);
            file.addInt(2, code.version(), 1);
            file.addInt(3, code.operator().number(), 0);
            return file.endTable();
        }

        private int operation(Operation operation) {
            int inputs = integers(operation.inputs().stream().mapToInt(i -> i).toArray());
            int outputs = integers(operation.output());
            int options = operation.options().equals(Options.NONE)
                    ? 0
                    : operation.options().writeTo(file);
            file.startTable(5);
            file.addInt(0, operation.code(), 0);
            file.addOffset(1, inputs, 0);
            file.addOffset(2, outputs, 0);
            file.addByte(3, (byte) operation.options().number(), 0);
            file.addOffset(4, options, 0);
            return file.endTable();
        }

        private int signature(int input, List<Integer> outputs) {
            int in = tables(List.of(named(input)));
            int out = tables(outputs.stream().map(this::named).toList());
            int key = file.createString("serving_default");
            file.startTable(5);
            file.addOffset(0, in, 0);
            file.addOffset(1, out, 0);
            file.addOffset(2, key, 0);
            return file.endTable();
        }

        private int named(int tensor) {
            int name =
                    file.createString(ByteBuffer.wrap(tensors.get(tensor).name().getBytes(StandardCharsets.UTF_8)));
            file.startTable(2);
            file.addOffset(0, name, 0);
            file.addInt(1, tensor, 0);
            return file.endTable();
        }

        private int tables(List<Integer> places) {
            return file.createVectorOfTables(places.stream().mapToInt(i -> i).toArray());
        }

        private int integers(int... values) {
            file.startVector(Integer.BYTES, values.length, Integer.BYTES);
            IntStream.iterate(values.length - 1, i -> i >= 0, i -> i - 1).forEach(i -> file.addInt(values[i]));
            return file.endVector();
        }
    }
}
