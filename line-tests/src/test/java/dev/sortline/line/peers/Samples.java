// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import java.awt.AlphaComposite;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** What the project ships: its model and its sample frames. */
public final class Samples {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** For {@code inference} of a line file: what is pinned need not be measured at each start of a process. */
    public static final String INFERENCE =
            "{ engine: tensorflow, precision: float32, batch: 1, runs: 2, intraOpThreads: 1 }";

    private static final int WIDTH = 384;
    private static final int HEIGHT = 288;

    private Samples() {}

    public static Path model() {
        return ROOT.resolve("models/waste-mobilenet-v2");
    }

    /** The line file that is shipped. */
    public static Path lineFile() {
        return ROOT.resolve("samples/line.yaml");
    }

    /** The sample frames, a folder a label. */
    public static Path frames() {
        return ROOT.resolve("samples/belt");
    }

    /** A shipped plan, whose lanes are the model's labels. */
    public static Path plan() {
        return ROOT.resolve("plans/six-fractions.yaml");
    }

    public static ImageClassifier classifier() {
        return ImageClassifier.open(ModelPackage.load(model()));
    }

    /** The bytes of a picture that shows an item of that label. */
    public static byte[] picture(String label) {
        return pictures(label).get(0);
    }

    public static List<byte[]> pictures(String label) {
        var pictures = ReplayImage.inFolder(frames()).stream()
                .filter(image -> label.equals(image.truth()))
                .map(image -> bytes(image.file()))
                .toList();
        assertThat(pictures).as("sample pictures of " + label).isNotEmpty();
        return pictures;
    }

    /** What a camera sees that sees nothing. */
    static byte[] black() {
        return jpeg(new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB));
    }

    /** One picture over the other, as of an item that lies on another. */
    public static byte[] blended(byte[] one, byte[] other) {
        try {
            BufferedImage below = ImageIO.read(new ByteArrayInputStream(one));
            BufferedImage above = ImageIO.read(new ByteArrayInputStream(other));
            Graphics2D painter = below.createGraphics();
            painter.setComposite(AlphaComposite.SrcOver.derive(0.5f));
            painter.drawImage(above, 0, 0, below.getWidth(), below.getHeight(), null);
            painter.dispose();
            return jpeg(below);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] jpeg(BufferedImage picture) {
        var bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(picture, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
