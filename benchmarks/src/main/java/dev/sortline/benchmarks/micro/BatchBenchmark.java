// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.network.InferenceSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A run of the network by engine and by the number of pictures in it; divide by it for the time of one. As many threads as JMH is given
 * ({@code -t 2}) run it at the same time.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class BatchBenchmark {
    @Param({
        "TENSORFLOW FLOAT32",
        "TENSORFLOW BFLOAT16",
        "ONNX_RUNTIME FLOAT32",
        "ONNX_RUNTIME INT8",
        "TENSORFLOW_LITE INT8"
    })
    public String engine = "";

    @Param({"1", "2", "4", "8"})
    public int batch;

    @SuppressWarnings("NullAway.Init") // by open, which JMH calls before the first run
    private ImageClassifier classifier;

    private final List<DecodedImage> images = new ArrayList<>();

    @Setup
    public void open() throws UnreadableImageException {
        String[] words = engine.split(" ", -1);
        var settings = new InferenceSettings(Engine.valueOf(words[0]), Precision.valueOf(words[1]), 1, 1, 1);
        classifier = ImageClassifier.open(Shipped.model(), ImageBounds.DEFAULT, settings);
        List<byte[]> pictures = Shipped.pictures();
        for (int i = 0; i < batch; i++) {
            images.add(classifier.decode(pictures.get(i % pictures.size())));
        }
    }

    @TearDown
    public void close() {
        images.forEach(DecodedImage::close);
        classifier.close();
    }

    @Benchmark
    public List<Classification> classify() {
        return classifier.classify(images);
    }
}
