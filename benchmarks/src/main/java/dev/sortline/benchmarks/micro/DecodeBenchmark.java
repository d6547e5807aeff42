// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.integrity.JpegIntegrity;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** The bytes of a picture to pixels: as the line does it, with resize and scaling, and what ImageIO takes for the decoding alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
    private final List<byte[]> pictures = Shipped.pictures();
    private final ImageClassifier classifier = ImageClassifier.open(Shipped.model());
    private int next;

    @TearDown
    public void close() {
        classifier.close();
    }

    @Benchmark
    public void asTheLineDoes() throws UnreadableImageException {
        try (DecodedImage image = classifier.decode(picture())) {
            // Closing is part of it: the pixels are native memory.
        }
    }

    /** What of it goes into the walk that finds damage. */
    @Benchmark
    public Optional<String> lookingForDamage() {
        return JpegIntegrity.damage(picture());
    }

    @Benchmark
    public BufferedImage imageIo() throws IOException {
        ImageIO.setUseCache(false);
        return ImageIO.read(new ByteArrayInputStream(picture()));
    }

    private byte[] picture() {
        return pictures.get(next++ % pictures.size());
    }
}
