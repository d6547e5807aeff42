// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/** Writes what cameras send. */
final class Parts {
    static final String BOUNDARY = "myboundary";

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    /** As the standard has it. */
    Parts whole(byte[] picture) {
        return text("--" + BOUNDARY + "\r\nContent-Type: image/jpeg\r\nContent-Length: " + picture.length + "\r\n\r\n")
                .raw(picture)
                .text("\r\n");
    }

    Parts text(String text) {
        return raw(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Parts raw(byte[] some) {
        bytes.writeBytes(some);
        return this;
    }

    byte[] bytes() {
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
