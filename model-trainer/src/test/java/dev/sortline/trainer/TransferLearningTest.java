// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.ModelPackage;
import dev.sortline.evaluation.Evaluation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransferLearningTest {
    private Path data;
    private Path base;
    private Path out;

    @BeforeEach
    void writePicturesAndWeights(@TempDir Path temporary) throws IOException {
        data = ColourFolders.writeTo(temporary.resolve("data"), 8);
        base = TinyBackbone.writeTo(Files.createDirectory(temporary.resolve("base")));
        out = temporary.resolve("models/colours");
    }

    @Test
    void trainsAPackageThatNamesPicturesFarBetterThanChance() throws IOException {
        // When
        TrainedModel trained = train(1, TrainingProgress.SILENT);

        // Then
        assertThat(trained.model().labels()).containsExactly("blue", "green", "red");
        assertThat(trained.pictures()).isEqualTo(24);
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(out))) {
            Evaluation evaluation = Evaluation.run(classifier, List.of(data), TrainingProgress.SILENT);
            assertThat(evaluation.accuracy()).isGreaterThan(0.7);
        }
    }

    @Test
    void givesTheSamePackageForTheSameSeedAndAnotherForAnother() throws IOException {
        // When
        String first = train(1, TrainingProgress.SILENT).model().manifest().digest();
        String again = train(1, TrainingProgress.SILENT).model().manifest().digest();
        String other = train(2, TrainingProgress.SILENT).model().manifest().digest();

        // Then
        assertThat(again).isEqualTo(first);
        assertThat(other).isNotEqualTo(first);
    }

    @Test
    void namesAndSkipsPicturesThatCannotBeRead() throws IOException {
        // Given
        Path broken = data.resolve("red/broken.jpg");
        Files.write(broken, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0});
        List<Path> skipped = new ArrayList<>();

        // When
        TrainedModel trained = train(1, new Listening(skipped));

        // Then
        assertThat(skipped).containsExactly(broken);
        assertThat(trained.skipped()).isEqualTo(1);
    }

    @Test
    void writesACardThatSaysHowToDoItAgain() throws IOException {
        // Given
        Path notes = Files.writeString(data.resolveSibling("notes.md"), "## Licences\n\nNone.\n");

        // When
        new TransferLearning(order(1, Optional.of(notes)), recipe(1), TrainingProgress.SILENT).run();

        // Then
        assertThat(out.resolve("MODEL_CARD.md"))
                .content()
                .contains(
                        "sortline train --data " + data, "--seed 1", "| 24 | blue 8, green 8, red 8 |", "## Licences");
    }

    @Test
    void evaluationTakesItsPlaceInTheCardOnce() throws IOException {
        // Given
        ModelPackage model = train(1, TrainingProgress.SILENT).model();
        Evaluation evaluation;
        try (ImageClassifier classifier = ImageClassifier.open(model)) {
            evaluation = Evaluation.run(classifier, List.of(data), TrainingProgress.SILENT);
        }

        // When
        evaluation.addToCard(model, Path.of("some/pictures"));
        evaluation.addToCard(model, Path.of("some/pictures"));

        // Then
        assertThat(out.resolve("MODEL_CARD.md")).content().containsOnlyOnce("### `some/pictures`");
        assertThat(ModelPackage.load(out).labels()).hasSize(3);
    }

    @Test
    void refusesDataOfOneLabel() throws IOException {
        // Given
        Path lonely = ColourFolders.writeTo(data.resolveSibling("lonely"), 1).resolve("red");
        Path folder = Files.createDirectories(data.resolveSibling("one"));
        Files.move(lonely, folder.resolve("red"));
        data = folder;

        // Then
        assertRefused("only one label, red");
    }

    @Test
    void refusesAFolderWithoutPictures() throws IOException {
        // Given
        data = Files.createDirectory(data.resolveSibling("nothing"));

        // Then
        assertRefused("no images in " + data);
    }

    @Test
    void refusesAFolderThatIsNotThere() {
        // Given
        data = data.resolveSibling("nowhere");

        // Then
        assertRefused("no folder at " + data);
    }

    @Test
    void refusesALabelWithoutReadablePictures() throws IOException {
        // Given
        Files.writeString(Files.createDirectory(data.resolve("yellow")).resolve("1.jpg"), "no picture");

        // Then
        assertRefused("yellow has fewer than two readable images");
    }

    @Test
    void refusesMissingWeights() {
        // Given
        base = base.resolveSibling("nowhere");

        // Then
        assertRefused("no weights at " + base);
    }

    @Test
    void evaluationRefusesFoldersThatAreNoLabels(@TempDir Path folder) throws IOException {
        // Given
        ModelPackage model = train(1, TrainingProgress.SILENT).model();
        Files.writeString(Files.createDirectory(folder.resolve("mauve")).resolve("1.jpg"), "");

        // Then
        try (ImageClassifier classifier = ImageClassifier.open(model)) {
            assertThatThrownBy(() -> Evaluation.run(classifier, List.of(folder), TrainingProgress.SILENT))
                    .isInstanceOf(TrainingInputException.class)
                    .hasMessageContaining("a folder mauve, which is no label of colours 1.0.0");
        }
    }

    private void assertRefused(String complaint) {
        assertThatThrownBy(() -> train(1, TrainingProgress.SILENT))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining(complaint);
        assertThat(out).doesNotExist();
    }

    private TrainedModel train(long seed, TrainingProgress progress) throws IOException {
        return new TransferLearning(order(seed, Optional.empty()), recipe(seed), progress).run();
    }

    private TrainingOrder order(long seed, Optional<Path> notes) {
        return new TrainingOrder(List.of(data), base, out, "colours", "1.0.0", seed, notes);
    }

    private static HeadRecipe recipe(long seed) {
        return new HeadRecipe(
                48, 3, new Augmentation(0.7, 1, 0.1, 0.5, 0.05, 0.02), 16, 0.1, 150, 8, 1e-2, 1e-4, 0.5, 0.2, seed);
    }

    private record Listening(List<Path> skipped) implements TrainingProgress {
        @Override
        public void begin(String stage, long steps) {}

        @Override
        public void step(String note) {}

        @Override
        public void end() {}

        @Override
        public void skipped(Path image, String reason) {
            skipped.add(image);
        }

        @Override
        public void note(String line) {}
    }
}
