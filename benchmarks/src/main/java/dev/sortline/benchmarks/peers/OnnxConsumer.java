// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import ai.onnxruntime.OrtException;
import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;

/**
 * A consumer with ONNX Runtime: poll, read the pictures with ImageIO, run the same weights in float32, in the batches and with the threads
 * that are best on this machine, which it finds out first. It publishes nothing.
 */
public final class OnnxConsumer {
    private static final List<Integer> BATCHES = List.of(1, 4, 8, 16);

    private OnnxConsumer() {}

    /**
     * How it ran best, and what it came to.
     *
     * @param framesPerSecond frames a second after the warm-up
     * @param workers threads that read pictures and call the network
     * @param threadsARun threads that share one run of the network
     * @param batch pictures a run
     */
    public record Speed(double framesPerSecond, int workers, int threadsARun, int batch) {}

    /** Arguments: broker, model, folder of pictures to try on, frames of each trial, frames to warm up, frames in all. */
    public static void main(String... args) throws IOException, OrtException, InterruptedException, ExecutionException {
        ModelPackage model = ModelPackage.load(Path.of(args[1]));
        Speed best = best(model, BeltPictures.of(Path.of(args[2])).files(), Integer.parseInt(args[3]));
        long total = Long.parseLong(args[5]);
        var stopwatch = new Stopwatch(Long.parseLong(args[4]), total);
        try (var network = new OnnxNetwork(model, best.threadsARun());
                var workers = new BatchWorkers(network, best.workers(), best.batch(), stopwatch);
                var consumer = new FrameConsumer(args[0])) {
            long taken = 0;
            while (taken < total) {
                List<byte[]> pictures = consumer.poll();
                taken += pictures.size();
                for (byte[] picture : pictures) {
                    workers.take(picture);
                }
            }
            workers.finish();
        }
        ResultLine.print(new Speed(stopwatch.framesPerSecond(), best.workers(), best.threadsARun(), best.batch()));
    }

    /** Tries all processors on one run, and a run a processor, with several batches. */
    private static Speed best(ModelPackage model, List<byte[]> pictures, int frames)
            throws IOException, OrtException, InterruptedException, ExecutionException {
        int processors = Runtime.getRuntime().availableProcessors();
        List<Speed> tried = new ArrayList<>();
        for (int workers : Stream.of(1, processors).distinct().toList()) {
            int threadsARun = processors / workers;
            try (var network = new OnnxNetwork(model, threadsARun)) {
                for (int batch : BATCHES) {
                    int warmUp = Math.max(1, frames / 4);
                    var stopwatch = new Stopwatch(warmUp, warmUp + (long) frames);
                    try (var tries = new BatchWorkers(network, workers, batch, stopwatch)) {
                        for (int i = 0; i < warmUp + frames; i++) {
                            tries.take(pictures.get(i % pictures.size()));
                        }
                        tries.finish();
                    }
                    tried.add(new Speed(stopwatch.framesPerSecond(), workers, threadsARun, batch));
                }
            }
        }
        return tried.stream()
                .max(Comparator.comparingDouble(Speed::framesPerSecond))
                .orElseThrow();
    }
}
