// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.benchmarks.line.BeltPictures;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;

/** The classifier without Kafka: the threads of the stream decode and classify pictures that lie in memory, one after the other. */
public final class BareLoop {
    private BareLoop() {}

    /**
     * What it came to.
     *
     * @param framesPerSecond frames a second after the warm-up
     * @param processorMsPerFrame milliseconds of a processor that the process took for a frame after the warm-up
     * @param batch most pictures that the network got at once
     * @param threads that decoded
     */
    public record Result(double framesPerSecond, double processorMsPerFrame, int batch, int threads) {}

    /** Arguments: broker (not used), model, folder of pictures, frames to warm up, frames in all, how the network is run. */
    public static void main(String... args) throws IOException, InterruptedException, ExecutionException {
        List<byte[]> pictures = BeltPictures.of(Path.of(args[2])).files();
        long total = Long.parseLong(args[4]);
        var stopwatch = new Stopwatch(Long.parseLong(args[3]), total);
        try (var served = ServedClassifier.open(Path.of(args[1]), args[5])) {
            var next = new AtomicLong();
            var threads = Executors.newFixedThreadPool(served.threads());
            try {
                List<Future<?>> ends = new ArrayList<>();
                for (int i = 0; i < served.threads(); i++) {
                    ends.add(threads.submit(() -> {
                        for (long n = next.getAndIncrement(); n < total; n = next.getAndIncrement()) {
                            byte[] picture = pictures.get((int) (n % pictures.size()));
                            try (var image = served.classifier().decode(picture)) {
                                var unused = served.classifier().classify(image);
                            }
                            stopwatch.done(1);
                        }
                        return null;
                    }));
                }
                for (Future<?> end : ends) {
                    end.get();
                }
            } finally {
                threads.shutdown();
            }
            ResultLine.print(new Result(
                    stopwatch.framesPerSecond(), stopwatch.processorMsPerFrame(), served.batch(), served.threads()));
        }
    }
}
