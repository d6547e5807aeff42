// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.mjpeg;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.time.Duration;

/** A stream that also ends when bytes come, but nothing whole for too long. */
final class StillStream extends FilterInputStream {
    private final long mostNanos;
    private long heard = System.nanoTime();
    private boolean overdue;

    StillStream(InputStream stream, Duration most) {
        super(stream);
        this.mostNanos = most.toNanos();
    }

    /** Something whole has come. */
    void heard() {
        heard = System.nanoTime();
        overdue = false;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        // Only now: what was read may have ended a picture, also where it lay there while this machine was busy
        // elsewhere.
        if (overdue) {
            throw new SocketTimeoutException("nothing whole came");
        }
        int count = in.read(into, from, length);
        overdue = System.nanoTime() - heard > mostNanos;
        return count;
    }
}
