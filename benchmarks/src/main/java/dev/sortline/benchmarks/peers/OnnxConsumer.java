// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;

/**
 * A consumer with ONNX Runtime: poll, read the pictures with ImageIO, run the same weights in float32, in the batches and with the threads
 * that are best on this machine, which it finds out first. It publishes nothing.
 */
public final class OnnxConsumer {
    private OnnxConsumer() {}

    /** Arguments: broker, model, folder of pictures to try on, frames of each trial, frames to warm up, frames in all. */
    public static void main(String... args) throws Exception {
        ModelPackage model = ModelPackage.load(Path.of(args[1]));
        int size = model.manifest().inputSize();
        var reader = new ImageIoReader(size, model.manifest().scaling());
        PeerSetup.Opening opening = setup -> new OnnxNetwork(model, ModelPackage.ONNX_FILE, setup.threadsARun());
        PeerSetup best = PeerSetup.best(
                PeerSetup.sharingProcessors("float32"),
                opening,
                reader,
                size,
                BeltPictures.of(Path.of(args[2])).files(),
                Integer.parseInt(args[3]));
        long total = Long.parseLong(args[5]);
        var stopwatch = new Stopwatch(Long.parseLong(args[4]), total);
        try (var network = opening.open(best);
                var workers = new BatchWorkers(
                        reader,
                        network,
                        size,
                        best.workers(),
                        best.batch(),
                        (frames, rows) -> stopwatch.done(frames.size()));
                var consumer = new FrameConsumer(args[0])) {
            consumer.take(total, workers::take);
            workers.finish();
        }
        ResultLine.print(new PeerSpeed(
                stopwatch.framesPerSecond(),
                0,
                "ONNX Runtime",
                OnnxNetwork.version(),
                ImageIoReader.NAME,
                best.precision(),
                best.workers(),
                best.threadsARun(),
                best.batch()));
    }
}
