// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Writes what cameras send. */
public final class Parts {
    public static final String BOUNDARY = "myboundary";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** As the standard has it. */
    public Parts whole(byte[] picture) {
        return text("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n")
                .raw(picture)
                .text("\r\n");
    }

    public Parts text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    public Parts raw(byte[] some) {
        bytes.writeBytes(some);
        return this;
    }

    public byte[] bytes() {
        return bytes.toByteArray();
    }

    /** Gives so many bytes at a time, as a network may. */
    static InputStream inPieces(byte[] bytes, int most) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public synchronized int read(byte[] into, int from, int length) {
                return super.read(into, from, Math.min(most, length));
            }
        };
    }
}
