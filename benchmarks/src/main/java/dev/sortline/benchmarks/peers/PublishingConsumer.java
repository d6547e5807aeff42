// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import java.util.List;

/** What the publishing peers have in common: poll, read, run, publish, in batches on several threads, as they are best on this machine. */
final class PublishingConsumer {
    private PublishingConsumer() {}

    /**
     * Tries how the network is run best, where the order does not say it, and takes all frames through.
     *
     * @param setups to try
     * @param engine that runs the network, and its version
     * @param decoder that reads the pictures, with its version
     */
    static PeerSpeed run(
            PeerOrder order,
            List<PeerSetup> setups,
            PeerSetup.Opening opening,
            PictureReader reader,
            String engine,
            String version,
            String decoder)
            throws Exception {
        PeerSetup setup = order.setup(setups, opening, reader);
        var stopwatch = new Stopwatch(order.warmUp(), order.total());
        try (var network = opening.open(setup);
                var publisher = new AnswerPublisher(order.broker(), order.model(), stopwatch);
                var workers = new BatchWorkers(
                        reader, network, order.inputSize(), setup.workers(), setup.batch(), publisher::publish);
                var consumer = new FrameConsumer(order.broker())) {
            consumer.take(order.total(), workers::take);
            workers.finish();
            long events = publisher.finish();
            return new PeerSpeed(
                    stopwatch.framesPerSecond(),
                    events,
                    engine,
                    version,
                    decoder,
                    setup.precision(),
                    setup.workers(),
                    setup.threadsARun(),
                    setup.batch());
        }
    }
}
