// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.ModelPackage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import org.tensorflow.TensorFlow;

/**
 * The consumer that one writes first: poll, read the picture with ImageIO, run TensorFlow in float32, one frame a call. It publishes
 * nothing: what would become of its answers is not its time.
 */
public final class PlainConsumer {
    private PlainConsumer() {}

    /** Arguments: broker, model, frames to warm up, frames in all. */
    public static void main(String... args) throws Exception {
        ModelPackage model = ModelPackage.load(Path.of(args[1]));
        int size = model.manifest().inputSize();
        var reader = new ImageIoReader(size, model.manifest().scaling());
        long total = Long.parseLong(args[3]);
        var stopwatch = new Stopwatch(Long.parseLong(args[2]), total);
        FloatBuffer pixels = ByteBuffer.allocateDirect(3 * size * size * Float.BYTES)
                .order(ByteOrder.nativeOrder())
                .asFloatBuffer();
        try (var network = new SavedModelNetwork(model);
                var consumer = new FrameConsumer(args[0])) {
            consumer.take(total, frame -> {
                reader.read(frame.image(), pixels.clear());
                var unused = network.scores(pixels.flip(), 1);
                stopwatch.done(1);
            });
        }
        ResultLine.print(new PeerSpeed(
                stopwatch.framesPerSecond(),
                0,
                "TensorFlow",
                TensorFlow.version(),
                ImageIoReader.NAME,
                "float32",
                1,
                0,
                1));
    }
}
