// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.line.peers.WrittenReviews;
import dev.sortline.loopback.Broker;
import dev.sortline.loopback.EmbeddedBroker;
import dev.sortline.loopback.JavaProcess;
import dev.sortline.process.TopicSetup;
import dev.sortline.reviews.ReviewExport;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The first week of a line: people say what unsure items are, and a model learns on from that. */
@Timeout(300)
class RetrainingIT {
    private static final Path SAMPLES = Path.of("../samples/belt");

    /** Learning takes both processors, which other tests take as well. */
    private static final Duration LEARNS_WITHIN = Duration.ofMinutes(3);

    @TempDir
    private Path folder;

    @Test
    void whatPeopleSaidBecomesAPackageThatClassifies() throws Exception {
        // Given
        Path base = folder.resolve("base");
        sortline(
                "train",
                "--data",
                SAMPLES,
                "--architecture",
                "cnn",
                "--input-size",
                "32",
                "--epochs",
                "2",
                "--out",
                base);
        Path reviews = folder.resolve("reviews");
        try (Broker broker = EmbeddedBroker.start()) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.bootstrapServers());
            TopicSetup.createMissing(kafka);
            var asked = new WrittenReviews(kafka);
            for (Path label : children(SAMPLES)) {
                for (Path picture : children(label).subList(0, 5)) {
                    String item = picture.getFileName().toString().replace(".jpg", "");
                    asked.ask(item, Files.readAllBytes(picture));
                    asked.label(item, label.getFileName().toString());
                }
            }
            ReviewExport.run(kafka, reviews, Instant.MIN);
        }

        // When
        Path next = folder.resolve("next");
        sortline("train", "--base", base, "--data", reviews, "--keep", SAMPLES, "--out", next);

        // Then
        assertThat(next.resolve(ModelPackage.CARD_FILE)).content().contains("## Before and after");
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(next));
                DecodedImage picture = classifier.decode(
                        Files.readAllBytes(children(SAMPLES.resolve("glass")).get(0)))) {
            Classification seen = classifier.classify(picture);
            assertThat(seen.probabilities()).hasSize(7);
        }
    }

    private void sortline(Object... words) throws Exception {
        try (var command = new JavaProcess(
                "sortline",
                folder,
                List.of("-Xmx512m"),
                "dev.sortline.cli.Main",
                Stream.of(words).map(Object::toString).toList())) {
            command.outputAtEnd(LEARNS_WITHIN);
        }
    }

    private static List<Path> children(Path folder) throws Exception {
        try (Stream<Path> children = Files.list(folder)) {
            return children.sorted().toList();
        }
    }
}
