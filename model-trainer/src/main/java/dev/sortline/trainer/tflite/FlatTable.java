// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.tflite;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table in a FlatBuffer (the format's "Internals": little-endian; a table begins with the way back to its list of fields, fields that have
 * their usual value are not there). Fields are asked for by their place in the schema.
 *
 * <p>Bytes that lead out of the buffer give an {@link IndexOutOfBoundsException}, never more memory than the file has.
 */
final class FlatTable {
    private final ByteBuffer bytes;
    private final int position;

    private FlatTable(ByteBuffer bytes, int position) {
        this.bytes = bytes;
        this.position = position;
    }

    /** The one that a file begins with. */
    static FlatTable root(ByteBuffer file) {
        ByteBuffer bytes = file.duplicate().order(ByteOrder.LITTLE_ENDIAN);
        return new FlatTable(bytes, bytes.getInt(0));
    }

    /** Where a field is; 0 where it is not there. */
    private int field(int index) {
        int fields = position - bytes.getInt(position);
        int entry = 4 + 2 * index;
        int offset = entry < Short.toUnsignedInt(bytes.getShort(fields))
                ? Short.toUnsignedInt(bytes.getShort(fields + entry))
                : 0;
        return offset == 0 ? 0 : position + offset;
    }

    boolean flag(int index) {
        return octet(index) != 0;
    }

    int octet(int index) {
        int at = field(index);
        return at == 0 ? 0 : bytes.get(at);
    }

    int integer(int index, int absent) {
        int at = field(index);
        return at == 0 ? absent : bytes.getInt(at);
    }

    long longInteger(int index) {
        int at = field(index);
        return at == 0 ? 0 : bytes.getLong(at);
    }

    float fraction(int index, float absent) {
        int at = field(index);
        return at == 0 ? absent : bytes.getFloat(at);
    }

    Optional<FlatTable> table(int index) {
        int at = field(index);
        return at == 0 ? Optional.empty() : Optional.of(new FlatTable(bytes, followed(at)));
    }

    List<FlatTable> tables(int index) {
        List<FlatTable> tables = new ArrayList<>();
        ByteBuffer references = vector(index, Integer.BYTES);
        int start = field(index) == 0 ? 0 : followed(field(index)) + Integer.BYTES;
        for (int i = 0; i < references.remaining() / Integer.BYTES; i++) {
            tables.add(new FlatTable(bytes, followed(start + i * Integer.BYTES)));
        }
        return tables;
    }

    int[] integers(int index) {
        ByteBuffer all = vector(index, Integer.BYTES);
        int[] values = new int[all.remaining() / Integer.BYTES];
        all.asIntBuffer().get(values);
        return values;
    }

    long[] longIntegers(int index) {
        ByteBuffer all = vector(index, Long.BYTES);
        long[] values = new long[all.remaining() / Long.BYTES];
        all.asLongBuffer().get(values);
        return values;
    }

    float[] fractions(int index) {
        ByteBuffer all = vector(index, Float.BYTES);
        float[] values = new float[all.remaining() / Float.BYTES];
        all.asFloatBuffer().get(values);
        return values;
    }

    ByteBuffer octets(int index) {
        return vector(index, 1);
    }

    String text(int index) {
        return StandardCharsets.UTF_8.decode(octets(index)).toString();
    }

    private ByteBuffer vector(int index, int width) {
        int at = field(index);
        if (at == 0) {
            return ByteBuffer.allocate(0).order(ByteOrder.LITTLE_ENDIAN);
        }
        int start = followed(at);
        long length = Integer.toUnsignedLong(bytes.getInt(start)) * width;
        if (start + Integer.BYTES + length > bytes.limit()) {
            throw new IndexOutOfBoundsException("a list goes beyond the end");
        }
        return bytes.slice(start + Integer.BYTES, (int) length).order(ByteOrder.LITTLE_ENDIAN);
    }

    private int followed(int at) {
        return at + bytes.getInt(at);
    }
}
