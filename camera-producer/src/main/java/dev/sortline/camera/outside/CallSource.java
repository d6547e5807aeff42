// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.outside;

import java.io.IOException;

/** Somebody who calls for pictures, whatever it speaks. Belongs to one thread; only {@link Thread#interrupt} comes from others. */
public interface CallSource {
    /**
     * Connects once and hands over calls until the connection ends. Blocks; it ends soon after an interrupt. It may be called again after it
     * has ended.
     *
     * @param calls gets {@link CallSink#opened}, then the calls in their order, on this thread or one of the source's own
     * @throws IOException when the other side cannot be reached, refuses, ends or fails; one line that says which and where
     * @throws InterruptedException when interrupted
     */
    void listen(CallSink calls) throws IOException, InterruptedException;

    /** Where it is, for logs: without user and password. */
    String place();
}
