// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.image.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;

/** One picture at a time through decoder and network, without Kafka: at once one after the other, and at a camera's pace. */
public final class BareFrame {
    private static final int DIGITS = 3;
    private static final double NANOS_A_MILLI = 1e6;

    private BareFrame() {}

    /**
     * What it came to.
     *
     * @param oneAfterTheOtherMs median of decoding and inference when the next picture follows at once, in milliseconds
     * @param pacedMs the same at the camera's pace, where the processor rests in between
     */
    public record Result(double oneAfterTheOtherMs, double pacedMs) {}

    /** Arguments: broker (not used), model, folder of pictures, frames to warm up, frames that count, frames a second of the camera,
     * how the network is run.
     */
    public static void main(String... args) throws IOException, UnreadableImageException {
        List<byte[]> pictures = BeltPictures.of(Path.of(args[2])).files();
        int warmUp = Integer.parseInt(args[3]);
        int count = Integer.parseInt(args[4]);
        double interval = 1e9 / Double.parseDouble(args[5]);
        try (var served = ServedClassifier.open(Path.of(args[1]), args[6])) {
            var unused = median(served, pictures, warmUp, 0);
            ResultLine.print(new Result(median(served, pictures, count, 0), median(served, pictures, count, interval)));
        }
    }

    private static double median(ServedClassifier served, List<byte[]> pictures, int count, double intervalNanos)
            throws UnreadableImageException {
        var nanos = new Histogram(DIGITS);
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + Math.round(i * intervalNanos);
            for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            long began = System.nanoTime();
            try (var image = served.classifier().decode(pictures.get(i % pictures.size()))) {
                var unused = served.classifier().classify(image);
            }
            nanos.recordValue(System.nanoTime() - began);
        }
        return nanos.getValueAtPercentile(50) / NANOS_A_MILLI;
    }
}
