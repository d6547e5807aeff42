// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.util.List;

/**
 * How a peer ran, and what it came to.
 *
 * @param framesPerSecond frames a second after the warm-up
 * @param events that it published
 * @param engine that ran the network
 * @param version of the engine
 * @param decoder that read the pictures, with its version
 * @param precision in which numbers the network ran
 * @param workers threads that read pictures and call the network
 * @param threadsARun threads that share one run; 0 where the engine decides
 * @param batch pictures a run
 */
public record PeerSpeed(
        double framesPerSecond,
        long events,
        String engine,
        String version,
        String decoder,
        String precision,
        int workers,
        int threadsARun,
        int batch) {

    /** Arguments that let a peer run as it did here, without trying again. */
    public List<String> setup() {
        return List.of(precision, String.valueOf(workers), String.valueOf(threadsARun), String.valueOf(batch));
    }
}
