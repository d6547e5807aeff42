// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Rows of features in a temporary file, so that memory does not grow with the number of pictures. Not thread-safe; the file goes with
 * {@link #close}.
 */
final class FeatureStore implements AutoCloseable {
    private final int width;
    private final Path file;
    private final FileChannel channel;
    private final ByteBuffer row;
    private int rows;

    /** @param width numbers a row, at least 1 */
    FeatureStore(int width) throws IOException {
        this.width = width;
        this.file = Files.createTempFile("sortline-features-", ".f32");
        this.channel = FileChannel.open(
                file, StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.DELETE_ON_CLOSE);
        this.row = ByteBuffer.allocateDirect(width * Float.BYTES).order(ByteOrder.nativeOrder());
    }

    int width() {
        return width;
    }

    int rows() {
        return rows;
    }

    /** @param values one row or several, one after the other */
    void append(float[] values) throws IOException {
        if (values.length % width != 0) {
            throw new IllegalArgumentException(values.length + " numbers are no rows of " + width);
        }
        for (int at = 0; at < values.length; at += width) {
            row.clear();
            row.asFloatBuffer().put(values, at, width);
            writeAt((long) rows * width * Float.BYTES);
            rows++;
        }
    }

    /** Reads one row into {@code target}, from {@code offset} on. */
    void read(int index, float[] target, int offset) {
        if (index < 0 || index >= rows) {
            throw new IndexOutOfBoundsException("row %d of %d".formatted(index, rows));
        }
        row.clear();
        long position = (long) index * width * Float.BYTES;
        try {
            while (row.hasRemaining()) {
                if (channel.read(row, position + row.position()) < 0) {
                    throw new IOException(file + " was cut off");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        row.flip();
        row.asFloatBuffer().get(target, offset, width);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private void writeAt(long position) throws IOException {
        while (row.hasRemaining()) {
            channel.write(row, position + row.position());
        }
    }
}
