// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.nio.FloatBuffer;

/** A network as a peer runs it. Safe for use by any number of threads. */
interface PeerNetwork extends AutoCloseable {
    /**
     * Runs it once.
     *
     * @param pixels direct, as a {@link PictureReader} writes them, picture after picture
     * @param pictures how many that are
     * @return a row of scores a picture
     */
    float[][] scores(FloatBuffer pixels, int pictures) throws Exception;

    @Override
    void close() throws Exception;
}
