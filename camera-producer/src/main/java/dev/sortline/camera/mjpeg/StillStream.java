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

    StillStream(InputStream stream, Duration most) {
        super(stream);
        this.mostNanos = most.toNanos();
    }

    /** Something whole has come. */
    void heard() {
        heard = System.nanoTime();
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
        // Before it is read: what was read may end a picture.
        if (System.nanoTime() - heard > mostNanos) {
            throw new SocketTimeoutException("nothing whole came");
        }
        return in.read(into, from, length);
    }
}
