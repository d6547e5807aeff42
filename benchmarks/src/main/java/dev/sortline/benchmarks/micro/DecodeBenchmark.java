// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.benchmarks.line.LargePictures;
import dev.sortline.benchmarks.peers.OpenCvReader;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.PictureRegion;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.integrity.JpegIntegrity;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.ArrayList;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * The bytes of a picture to pixels, by its size: as the line does it, with resize and scaling, whole and of a belt in the middle half of its
 * width; as OpenCV does the same, without looking for damage; and what ImageIO takes for the decoding alone.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class DecodeBenchmark {
    private static final PictureRegion BELT = new PictureRegion(0.25, 0, 0.5, 1);
    private static final int ENLARGED = 20;

    @Param({"512x384", "1280x720", "1920x1080", "2448x2048"})
    public String size = "";

    private final List<byte[]> pictures = new ArrayList<>();
    private final ImageClassifier classifier = ImageClassifier.open(Shipped.model());
    private final int side = classifier.model().manifest().inputSize();
    private final OpenCvReader openCv =
            new OpenCvReader(side, classifier.model().manifest().scaling());
    private final FloatBuffer pixels = ByteBuffer.allocateDirect(3 * side * side * Float.BYTES)
            .order(ByteOrder.nativeOrder())
            .asFloatBuffer();
    private int next;

    @Setup
    public void enlarge() throws IOException {
        if (size.equals("512x384")) {
            pictures.addAll(Shipped.pictures());
            return;
        }
        String[] sides = size.split("x", -1);
        for (byte[] picture : Shipped.pictures().subList(0, ENLARGED)) {
            pictures.add(LargePictures.enlarged(picture, Integer.parseInt(sides[0]), Integer.parseInt(sides[1])));
        }
    }

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

    @Benchmark
    public void beltAsTheLineDoes() throws UnreadableImageException {
        try (DecodedImage image = classifier.decode(picture(), BELT)) {
            // Closing is part of it: the pixels are native memory.
        }
    }

    /** What of either goes into the walk that finds damage. */
    @Benchmark
    public Optional<String> lookingForDamage() {
        return JpegIntegrity.damage(picture());
    }

    @Benchmark
    public void openCv() throws IOException {
        openCv.read(picture(), pixels.clear());
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
