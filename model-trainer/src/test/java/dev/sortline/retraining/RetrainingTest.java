// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.quantization.ColourNetwork;
import dev.sortline.trainer.Architecture;
import dev.sortline.trainer.Training;
import dev.sortline.trainer.TrainingRequest;
import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.network.PackagedNetwork;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that knows three colours comes to a place where red is magenta and green is cyan. */
class RetrainingTest {
    private static final int SIZE = ColourNetwork.SIZE;
    private static final AugmentationRanges GENTLE =
            new AugmentationRanges(0.91, 1, 0.03, 0.15, 0.015, 0.006, 0.06, 0.03);

    private static final Round ROUND = round(6, 48);
    /** For what does not depend on how well anything is learned. */
    private static final Round BRIEF = round(2, 16);

    private static Path knowing = Path.of("");

    @TempDir
    private Path folder;

    private Path base;
    private Path reviews;
    private Path kept;
    private Optional<Path> validation = Optional.empty();
    private Path out;

    @BeforeAll
    static void trainTheBase(@TempDir Path shared) throws IOException {
        Path data = ColourNetwork.writePictures(shared.resolve("data"), 20, 1_000);
        Path notes = Files.writeString(shared.resolve("notes.md"), "## Known weaknesses\n\nIt has seen no magenta.");
        knowing = shared.resolve("colours");
        Training.run(
                new TrainingRequest(
                        List.of(data),
                        Optional.empty(),
                        Optional.of(ColourNetwork.writePictures(shared.resolve("validation"), 5, 5_000)),
                        Architecture.CNN,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        SIZE,
                        30,
                        knowing,
                        "colours",
                        "1.0.0",
                        1,
                        1,
                        Optional.of(notes)),
                ProgressListener.SILENT);
    }

    @BeforeEach
    void writePictures() throws IOException {
        base = copyOf(knowing, folder.resolve("base"));
        kept = ColourNetwork.writePictures(folder.resolve("kept"), 20, 1_000);
        validation = Optional.of(ColourNetwork.writePictures(folder.resolve("known"), 34, 2_000));
        reviews = writeOtherPlace(folder.resolve("reviews"), 20, 3_000);
        out = folder.resolve("models/next");
    }

    @Test
    void knowsTheOtherPlaceBetterAndLosesNoMoreThanOneInAHundred() throws IOException {
        // Given
        Path place = writeOtherPlace(folder.resolve("place"), 20, 4_000);

        // When
        RetrainedModel made = learnOn(ROUND, ProgressListener.SILENT);

        // Then
        assertThat(made.known().after()).isGreaterThanOrEqualTo(made.known().before() - 0.01);
        assertThat(accuracy(out, place)).isGreaterThan(accuracy(base, place) + 0.1);
        assertThat(accuracy(out, validation.orElseThrow()))
                .isEqualTo(made.known().after());
    }

    @Test
    void losesNoMoreThanOneInAHundredToReviewsThatAreWrong() throws IOException {
        // Given
        Path known = ColourNetwork.writePictures(folder.resolve("wrong"), 20, 6_000);
        Files.move(known.resolve("red"), known.resolve("aside"));
        Files.move(known.resolve("green"), known.resolve("red"));
        Files.move(known.resolve("aside"), known.resolve("green"));
        reviews = known;

        // When
        RetrainedModel made = learnOn(ROUND, ProgressListener.SILENT);

        // Then
        assertThat(made.known().after()).isGreaterThanOrEqualTo(made.known().before() - 0.01);
        assertThat(Files.exists(out)).isEqualTo(made.model().isPresent());
    }

    @Test
    void takesTheSameStepsHoweverManyPicturesThereAre() throws IOException {
        // Given
        Heard few = new Heard(Integer.MAX_VALUE);
        Heard many = new Heard(Integer.MAX_VALUE);
        learnOn(BRIEF, few);
        reviews = writeOtherPlace(folder.resolve("more-reviews"), 60, 3_000);
        kept = ColourNetwork.writePictures(folder.resolve("more-kept"), 60, 1_000);

        // When
        learnOn(BRIEF, many);

        // Then
        assertThat(many.trainingSteps).isEqualTo(few.trainingSteps).isPositive();
    }

    @Test
    void asksAboutNoMorePicturesThanItsRoundAllows() throws IOException {
        // Given
        Round few = new Round(BRIEF.recipe(), BRIEF.keptShown(), 0.5, 0.2, 7);

        // When
        RetrainedModel made = learnOn(few, ProgressListener.SILENT);

        // Then
        assertThat(made.known().pictures()).isEqualTo(7);
        assertThat(made.heldOut().pictures()).isEqualTo(7);
    }

    @Test
    void goesOnWhereItWasKilled() throws IOException {
        // Given
        learnOn(ROUND, ProgressListener.SILENT);
        String undisturbed = ModelPackage.load(out).manifest().digest();
        assertThatThrownBy(() -> learnOn(ROUND, new Heard(3))).isInstanceOf(Killed.class);
        Heard resumed = new Heard(Integer.MAX_VALUE);

        // When
        learnOn(ROUND, resumed);

        // Then
        assertThat(resumed.notes).first().asString().startsWith("going on after epoch 3 of 6");
        assertThat(ModelPackage.load(out).manifest().digest()).isEqualTo(undisturbed);
        assertThat(out.getParent()).isDirectoryNotContaining("glob:**.checkpoint");
    }

    @Test
    void cardSaysBeforeAndAfterAndKeepsTheNotesOfTheBase() throws IOException {
        // When
        learnOn(ROUND, ProgressListener.SILENT);

        // Then
        assertThat(out.resolve(ModelPackage.CARD_FILE))
                .content()
                .contains(
                        "sortline train --base " + base + " --data " + reviews + " --keep " + kept,
                        "| `" + reviews + "` | 60 | blue 20, green 20, red 20 |",
                        "48 reviewed pictures were learned from",
                        "On 102 pictures of `" + validation.orElseThrow() + "`, and on 12 reviewed pictures",
                        "| | known before | known after | reviewed before | reviewed after |",
                        "| calibration error (ECE) |",
                        "| blue | 34 of 34 |",
                        "6 epochs of 48 kept shots")
                .containsSubsequence(
                        "What follows was written of " + ModelPackage.load(base) + ", with which the round began",
                        "It has seen no magenta.");
    }

    @Test
    void holdsKeptPicturesOutWhereNoneAreForValidation() throws IOException {
        // Given
        validation = Optional.empty();

        // When
        RetrainedModel made = learnOn(ROUND, ProgressListener.SILENT);

        // Then
        assertThat(made.kept() + made.known().pictures()).isEqualTo(ROUND.keptShown());
        assertThat(out.resolve(ModelPackage.CARD_FILE))
                .content()
                .contains("The base may have learned from the former, so both its figures there are too good.");
    }

    @Test
    void takesCheckPicturesOverAndSaysWhatIsMadeAnewByWhichCommand() throws IOException {
        // Given
        Path checks = Files.createDirectory(base.resolve(ModelPackage.CHECK_FOLDER));
        Files.copy(kept.resolve("blue/0.png"), checks.resolve("blue.png"));
        Files.createDirectory(base.resolve("evaluations"));

        // When
        RetrainedModel made = learnOn(ROUND, ProgressListener.SILENT);

        // Then
        assertThat(out.resolve(ModelPackage.CHECK_FOLDER).resolve("blue.png")).exists();
        assertThat(made.leftBehind())
                .containsExactly("left behind: evaluations; sortline evaluate --model %s --data %s --card"
                        .formatted(out, validation.orElseThrow()));
        assertThat(out.resolve(ModelPackage.CARD_FILE)).content().contains("Not taken over from colours 1.0.0");
    }

    @Test
    void refusesALabelThatTheBaseDoesNotKnow() throws IOException {
        // Given
        Files.move(reviews.resolve("red"), reviews.resolve("magenta"));

        // Then
        assertRefused(
                "[%s] has a folder magenta, which is no label of %s: it knows [blue, green, red], and a round teaches no new label"
                        .formatted(reviews, base));
    }

    @Test
    void refusesReviewsOfWhichNoLabelHasTwo() throws IOException {
        // Given
        reviews = writeOtherPlace(folder.resolve("too-few"), 1, 3_000);

        // Then
        assertRefused(
                "there is no label of which two pictures in [%s] can be read: have more reviewed".formatted(reviews));
    }

    @Test
    void refusesANetworkThatWasNotTrainedHere() throws IOException {
        // Given
        base = new ColourNetwork(1, 0).writePackage(folder.resolve("foreign"));

        // Then
        assertRefused(base + " cannot learn on, for it was not trained by this command");
    }

    private void assertRefused(String complaint) throws IOException {
        assertThatThrownBy(() -> learnOn(BRIEF, ProgressListener.SILENT))
                .isInstanceOf(TrainingInputException.class)
                .hasMessage(complaint);
        assertThat(out.getParent()).doesNotExist();
    }

    private RetrainedModel learnOn(Round round, ProgressListener progress) throws IOException {
        RetrainingRequest request = new RetrainingRequest(
                base, List.of(reviews), List.of(kept), validation, out, "colours", "1.1.0", 1, Optional.empty());
        ModelPackage model = ModelPackage.load(base);
        return new Retraining(
                        request, model, PackagedNetwork.of(model), round, InstantSource.fixed(Instant.EPOCH), progress)
                .run();
    }

    private static double accuracy(Path model, Path data) throws IOException {
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(model))) {
            return Evaluation.run(classifier, List.of(data), ProgressListener.SILENT)
                    .accuracy();
        }
    }

    private static Path writeOtherPlace(Path place, int each, long seed) throws IOException {
        ColourNetwork.writePictures(place.resolve("red"), new Color(200, 60, 200), each, seed);
        ColourNetwork.writePictures(place.resolve("green"), new Color(60, 200, 200), each, seed);
        ColourNetwork.writePictures(place.resolve("blue"), new Color(60, 60, 200), each, seed);
        return place;
    }

    private static Path copyOf(Path model, Path target) throws IOException {
        Files.createDirectory(target);
        try (Stream<Path> files = Files.list(model)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()), StandardCopyOption.COPY_ATTRIBUTES);
            }
        }
        return target;
    }

    private static Round round(int epochs, int keptShown) {
        Recipe recipe = new Recipe(
                SIZE, List.of(new Stage(epochs, 0, SIZE, 1e-3, 1)), GENTLE, 16, 4, 0, 0, 0, 0.9, 0.5, 0, 0, 0.2);
        return new Round(recipe, keptShown, 0.5, 0.2, 1_000);
    }

    /** A process that is killed tells nobody; the exception stands for it. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Hears all, and lets so many epochs end and no more. */
    private static final class Heard implements ProgressListener {
        private final List<String> notes = new ArrayList<>();
        private long trainingSteps;
        private int epochsLeft;

        Heard(int epochs) {
            this.epochsLeft = epochs;
        }

        @Override
        public void begin(String stage, long steps) {
            trainingSteps += stage.equals("training") ? steps : 0;
        }

        @Override
        public void step(String note) {}

        @Override
        public void end() {}

        @Override
        public void skipped(Path image, String reason) {}

        @Override
        public void note(String line) {
            notes.add(line);
            if (line.startsWith("epoch ") && --epochsLeft == 0) {
                throw new Killed();
            }
        }
    }
}
