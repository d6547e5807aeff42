// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.peers;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.tensorflow.Result;
import org.tensorflow.SavedModelBundle;
import org.tensorflow.ndarray.Shape;
import org.tensorflow.ndarray.buffer.DataBuffers;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.types.TFloat32;

/**
 * The consumer that one writes first: poll, read the picture with ImageIO, run TensorFlow in float32, one frame a call. It publishes
 * nothing: what would become of its answers is not its time.
 */
public final class PlainConsumer {
    private PlainConsumer() {}

    /**
     * What it came to.
     *
     * @param framesPerSecond frames a second after the warm-up
     */
    public record Speed(double framesPerSecond) {}

    /** Arguments: broker, model, frames to warm up, frames in all. */
    public static void main(String... args) throws IOException {
        ModelPackage model = ModelPackage.load(Path.of(args[1]));
        long total = Long.parseLong(args[3]);
        var stopwatch = new Stopwatch(Long.parseLong(args[2]), total);
        try (var network = new Network(model);
                var consumer = new FrameConsumer(args[0])) {
            long done = 0;
            while (done < total) {
                List<byte[]> pictures = consumer.poll();
                for (byte[] picture : pictures) {
                    var unused = network.scores(picture);
                    stopwatch.done(1);
                }
                done += pictures.size();
            }
            ResultLine.print(new Speed(stopwatch.framesPerSecond()));
        }
    }

    /** The model in TensorFlow as its documents show it. */
    static final class Network implements AutoCloseable {
        private final SavedModelBundle bundle;
        private final ImageIoPixels pixels;
        private final Shape shape;
        private final String input;
        private final String output;

        Network(ModelPackage model) {
            ModelManifest manifest = model.manifest();
            bundle = SavedModelBundle.load(model.folder().toString(), "serve");
            pixels = new ImageIoPixels(manifest.inputSize(), manifest.scaling());
            shape = Shape.of(1, manifest.inputSize(), manifest.inputSize(), 3);
            SignatureDef signature = bundle.metaGraphDef().getSignatureDefOrThrow("serving_default");
            input = signature.getInputsMap().values().iterator().next().getName();
            output = signature.getOutputsMap().values().iterator().next().getName();
        }

        float[] scores(byte[] picture) throws IOException {
            float[] values = pixels.channelsLast(picture);
            try (TFloat32 image = TFloat32.tensorOf(shape, DataBuffers.of(values, true, false));
                    Result result = bundle.session()
                            .runner()
                            .feed(input, image)
                            .fetch(output)
                            .run()) {
                TFloat32 scores = (TFloat32) result.get(0);
                float[] row = new float[Math.toIntExact(scores.size())];
                scores.asRawTensor().data().asFloats().read(row);
                return row;
            }
        }

        @Override
        public void close() {
            bundle.close();
        }
    }
}
