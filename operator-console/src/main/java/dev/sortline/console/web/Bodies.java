// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.web;

import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads what is sent: never more than is taken, not for longer than an honest sender needs, and only so many at a time, so that threads are left
 * for all others however slowly somebody sends.
 */
public final class Bodies {
    /** Most bytes of a few words. */
    static final int SMALL = 16 << 10;

    /** More than a photograph that somebody may send by mistake. */
    private static final int MOST_THROWN_AWAY = 32 << 20;

    private static final int CHUNK = 16 << 10;
    private static final int AT_A_TIME = 16;

    /** A sender has this long in any case, and for each byte as long as at the least rate. */
    private static final long GRACE_MILLIS = 5_000;

    private static final long LEAST_BYTES_A_SECOND = 16 << 10;

    private static final Semaphore PLACES = new Semaphore(AT_A_TIME);

    private Bodies() {}

    /** A body of a few words. */
    public static byte[] small(Context request) {
        return atMost(request, SMALL);
    }

    /**
     * A body, without reading any of it when its length says that it is far too long, or too long where the sender asks before it sends.
     *
     * @throws RefusedException when it is longer than {@code most} bytes, comes too slowly, or too many come at a time
     */
    public static byte[] atMost(Context request, int most) {
        long length = length(request);
        if (length > MOST_THROWN_AWAY || (length > most && asksFirst(request))) {
            throw tooLarge(request, most);
        }
        if (!PLACES.tryAcquire()) {
            hangUp(request);
            throw Refusal.TOO_MANY.retryAfter(1, "Too much is being sent at the moment.");
        }
        try {
            return read(request, most, length);
        } catch (IOException e) {
            hangUp(request);
            throw Refusal.BAD_REQUEST.because(408, "The body did not come whole.");
        } finally {
            PLACES.release();
        }
    }

    private static byte[] read(Context request, int most, long length) throws IOException {
        long began = System.nanoTime();
        InputStream sent = request.bodyInputStream();
        if (length > most) {
            throwAway(sent, began);
            throw tooLarge(request, most);
        }
        var body = new ByteArrayOutputStream((int) Math.min(Math.max(length, 0), CHUNK));
        byte[] chunk = new byte[CHUNK];
        for (int count = sent.read(chunk); count >= 0; count = sent.read(chunk)) {
            if (body.size() + count > most) {
                throwAway(sent, began);
                throw tooLarge(request, most);
            }
            body.write(chunk, 0, count);
            checkPace(request, body.size(), began);
        }
        return body.toByteArray();
    }

    private static boolean asksFirst(Context request) {
        return "100-continue".equalsIgnoreCase(request.header("Expect"));
    }

    /** For a sender to see an answer it must have been let finish, where it is not much more and comes soon. */
    private static void throwAway(InputStream sent, long began) {
        byte[] chunk = new byte[CHUNK];
        try {
            for (int bytes = 0, count = 0;
                    count >= 0 && bytes < MOST_THROWN_AWAY && millisSince(began) < GRACE_MILLIS;
                    bytes += count) {
                count = sent.read(chunk);
            }
        } catch (IOException e) {
            // It is gone, or waits for its answer.
        }
    }

    private static void checkPace(Context request, int bytes, long began) {
        if (millisSince(began) > GRACE_MILLIS + bytes * 1000L / LEAST_BYTES_A_SECOND) {
            hangUp(request);
            throw Refusal.BAD_REQUEST.because(408, "The body comes too slowly.");
        }
    }

    private static long millisSince(long began) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    }

    /** As the sender tells it; -1 when it does not. */
    private static long length(Context request) {
        @Nullable String told = request.header("Content-Length");
        if (told == null) {
            return -1;
        }
        try {
            return Long.parseLong(told);
        } catch (NumberFormatException e) {
            hangUp(request);
            throw Refusal.BAD_REQUEST.because("Content-Length is no number.");
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
