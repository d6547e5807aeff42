// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.http.Context;
import jakarta.servlet.ServletInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Reads what is sent, never more than is taken, and not for longer than an honest sender needs. */
public final class Bodies {
    private static final int SMALL = 16 << 10;
    private static final int CHUNK = 16 << 10;

    /** A sender has this long in any case, and for each byte as long as at the least rate. */
    private static final long GRACE_MILLIS = 5_000;

    private static final long LEAST_BYTES_A_SECOND = 16 << 10;

    private Bodies() {}

    /** A body of a few words. */
    public static byte[] small(Context request) {
        return atMost(request, SMALL);
    }

    /**
     * A body, without reading any of it when its length says that it is too long.
     *
     * @throws RefusedException when it is longer than {@code most} bytes, or comes too slowly
     */
    public static byte[] atMost(Context request, int most) {
        long length = request.req().getContentLengthLong();
        if (length > most) {
            throw tooLarge(request, most);
        }
        long began = System.nanoTime();
        try {
            ServletInputStream sent = request.req().getInputStream();
            var body = new ByteArrayOutputStream(length > 0 ? (int) length : CHUNK);
            byte[] chunk = new byte[CHUNK];
            for (int count = sent.read(chunk); count >= 0; count = sent.read(chunk)) {
                if (body.size() + count > most) {
                    throw tooLarge(request, most);
                }
                body.write(chunk, 0, count);
                checkPace(request, body.size(), began);
            }
            return body.toByteArray();
        } catch (IOException e) {
            hangUp(request);
            throw Refusal.BAD_REQUEST.because(408, "The body did not come whole.");
        }
    }

    private static void checkPace(Context request, int bytes, long began) {
        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
        if (millis > GRACE_MILLIS + bytes * 1000L / LEAST_BYTES_A_SECOND) {
            hangUp(request);
            throw Refusal.BAD_REQUEST.because(408, "The body comes too slowly.");
        }
    }

    private static RefusedException tooLarge(Context request, int most) {
        hangUp(request);
        return Refusal.TOO_LARGE.because("At most " + most + " bytes are taken.");
    }

    /** What else is sent shall not be read. */
    private static void hangUp(Context request) {
        request.header("Connection", "close");
    }
}
