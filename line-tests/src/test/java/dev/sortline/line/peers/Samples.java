// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.camera.replay.ReplayImage;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the project ships: its model and its sample frames. */
public final class Samples {
    private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

    /** For {@code inference} of a line file: what is pinned need not be measured at each start of a process. */
    public static final String INFERENCE =
            "{ engine: tensorflow, precision: float32, batch: 1, runs: 2, intraOpThreads: 1 }";

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

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
