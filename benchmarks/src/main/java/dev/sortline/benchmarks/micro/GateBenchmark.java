// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.benchmarks.line.LargePictures;
import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.engine.Engine;
import dev.sortline.classifier.engine.Precision;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.integrity.CoarsePicture;
import dev.sortline.classifier.integrity.JpegIntegrity;
import dev.sortline.classifier.network.InferenceSettings;
import dev.sortline.stream.gate.EmptyGate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** A frame of an empty belt: answered by an open gate, and looked at whole, by the network on one thread, one at a time. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class GateBenchmark {
    private static final int LEARNED = 10_000;

    @Param({"512x384", "1920x1080"})
    public String size = "";

    @Param({"TENSORFLOW FLOAT32", "ONNX_RUNTIME INT8"})
    public String engine = "";

    private final EmptyGate gate = new EmptyGate(1, false);
    private byte[] empty = new byte[0];

    @SuppressWarnings("NullAway.Init") // by open, which JMH calls before the first run
    private CoarsePicture emptyBelt;

    @SuppressWarnings("NullAway.Init") // as above
    private ImageClassifier classifier;

    /** Opens model and gate. */
    @Setup
    public void open() throws IOException {
        String[] words = engine.split(" ", -1);
        classifier = ImageClassifier.open(
                Shipped.model(),
                ImageBounds.DEFAULT,
                new InferenceSettings(Engine.valueOf(words[0]), Precision.valueOf(words[1]), 1, 1, 1));
        Path belt = Shipped.belt();
        empty = sized(belt.resolve("empty/empty-0001.jpg"));
        emptyBelt = coarse(empty);
        CoarsePicture item = coarse(sized(belt.resolve("glass/glass-0001.jpg")));
        for (int i = 0; i < LEARNED && !gate.isOpen(); i++) {
            boolean shown = i % 10 == 0;
            var frame = gate.frame(false);
            var unused = frame.test(shown ? emptyBelt : item);
            var unusedOutcome = frame.networkSays(shown, 1);
        }
        if (!gate.isOpen()) {
            throw new IllegalStateException("the gate has not opened");
        }
    }

    /** Frees the model. */
    @TearDown
    public void close() {
        classifier.close();
    }

    /** Header, walk through the data, and the gate's judgement. */
    @Benchmark
    public boolean gated() {
        return gate.frame(true).test(coarse(empty));
    }

    /** The judgement alone. */
    @Benchmark
    public boolean judged() {
        return gate.frame(true).test(emptyBelt);
    }

    /** As without a gate: decoder and network. */
    @Benchmark
    public List<Classification> whole() throws UnreadableImageException {
        try (DecodedImage image = classifier.decode(empty)) {
            return classifier.classify(List.of(image));
        }
    }

    private static CoarsePicture coarse(byte[] image) {
        return JpegIntegrity.findings(image).coarse().orElseThrow();
    }

    private byte[] sized(Path file) throws IOException {
        byte[] image = Files.readAllBytes(file);
        String[] sides = size.split("x", -1);
        return size.equals("512x384")
                ? image
                : LargePictures.enlarged(image, Integer.parseInt(sides[0]), Integer.parseInt(sides[1]));
    }
}
