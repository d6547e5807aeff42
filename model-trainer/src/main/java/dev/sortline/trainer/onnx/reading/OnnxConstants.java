// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.onnx.reading;

import ai.onnx.proto.OnnxMl.GraphProto;
import ai.onnx.proto.OnnxMl.StringStringEntryProto;
import ai.onnx.proto.OnnxMl.TensorProto;
import com.google.protobuf.ByteString;
import dev.sortline.trainer.layers.ForeignNetworkException;
import dev.sortline.trainer.layers.HalfFloat;
import dev.sortline.trainer.network.NpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The numbers of a network that never change: weights, and what is reckoned of shapes. */
final class OnnxConstants {
    private final Path folder;
    private final Map<String, NpyArray> floats = new HashMap<>();
    private final Map<String, long[]> integers = new HashMap<>();

    /** @param folder where files with weights lie */
    OnnxConstants(GraphProto network, @Nullable Path folder) throws IOException {
        this.folder = folder == null ? Path.of("") : folder;
        for (TensorProto tensor : network.getInitializerList()) {
            put(tensor.getName(), tensor);
        }
    }

    /** Takes a tensor up, unless its numbers are of a type that no layer here has. */
    void put(String name, TensorProto tensor) throws IOException {
        long[] shape = tensor.getDimsList().stream().mapToLong(Long::longValue).toArray();
        int count = Math.toIntExact(LongStream.of(shape).reduce(1, Math::multiplyExact));
        TensorProto.DataType type = TensorProto.DataType.forNumber(tensor.getDataType());
        switch (type == null ? TensorProto.DataType.UNDEFINED : type) {
            case FLOAT -> {
                float[] values = new float[count];
                if (tensor.getFloatDataCount() > 0) {
                    for (int i = 0; i < count; i++) {
                        values[i] = tensor.getFloatData(i);
                    }
                } else {
                    bytes(tensor, (long) count * Float.BYTES).asFloatBuffer().get(values);
                }
                floats.put(name, NpyArray.of(values, shape));
            }
            case FLOAT16 -> {
                float[] values = new float[count];
                ByteBuffer bytes = bytes(tensor, (long) count * Short.BYTES);
                for (int i = 0; i < count; i++) {
                    values[i] = HalfFloat.toFloat(bytes.getShort());
                }
                floats.put(name, NpyArray.of(values, shape));
            }
            case INT64 -> {
                long[] values = new long[count];
                if (tensor.getInt64DataCount() > 0) {
                    for (int i = 0; i < count; i++) {
                        values[i] = tensor.getInt64Data(i);
                    }
                } else {
                    bytes(tensor, (long) count * Long.BYTES).asLongBuffer().get(values);
                }
                integers.put(name, values);
            }
            default -> {}
        }
    }

    void put(String name, long[] values) {
        integers.put(name, values);
    }

    boolean hasFloats(String name) {
        return floats.containsKey(name);
    }

    boolean hasIntegers(String name) {
        return integers.containsKey(name);
    }

    /** @throws ForeignNetworkException if there is none of that name */
    NpyArray floats(String name, String node) {
        NpyArray array = floats.get(name);
        if (array == null) {
            throw new ForeignNetworkException(
                    "has a layer whose weights are not constant float32 (%s)".formatted(node));
        }
        return array;
    }

    /** @throws ForeignNetworkException if there are none of that name */
    long[] integers(String name, String node) {
        long[] values = integers.get(name);
        if (values == null) {
            throw new ForeignNetworkException("has a layer whose sizes are not constant (%s)".formatted(node));
        }
        return values;
    }

    private ByteBuffer bytes(TensorProto tensor, long needed) throws IOException {
        ByteString raw = tensor.getRawData();
        ByteBuffer bytes = tensor.getDataLocation() == TensorProto.DataLocation.EXTERNAL
                ? external(tensor, needed)
                : raw.asReadOnlyByteBuffer();
        if (bytes.remaining() != needed) {
            throw new ForeignNetworkException("has weights of %d bytes where there should be %d (%s)"
                    .formatted(bytes.remaining(), needed, tensor.getName()));
        }
        return bytes.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Weights in a file that lies beside this one, and nowhere else. */
    private ByteBuffer external(TensorProto tensor, long needed) throws IOException {
        Map<String, String> where = new HashMap<>();
        for (StringStringEntryProto entry : tensor.getExternalDataList()) {
            where.put(entry.getKey(), entry.getValue());
        }
        String location = where.getOrDefault("location", "");
        Path name = Path.of(location).getFileName();
        if (name == null || !name.toString().equals(location)) {
            throw new ForeignNetworkException("has weights in another folder, " + location);
        }
        Path file = folder.resolve(name);
        if (!Files.isRegularFile(file)) {
            throw new ForeignNetworkException("has its weights in a file %s, which is not beside it".formatted(name));
        }
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(needed));
        try (SeekableByteChannel channel = Files.newByteChannel(file)) {
            channel.position(Long.parseLong(where.getOrDefault("offset", "0")));
            while (bytes.hasRemaining() && channel.read(bytes) >= 0) {
                // Goes on until all is there.
            }
        }
        return bytes.flip();
    }
}
