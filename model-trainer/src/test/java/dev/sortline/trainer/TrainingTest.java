// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.evaluation.Evaluation;
import dev.sortline.trainer.augmentation.AugmentationRanges;
import dev.sortline.trainer.learning.Recipe;
import dev.sortline.trainer.learning.Stage;
import dev.sortline.trainer.network.TinyBackbone;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingTest {
    private static final AugmentationRanges AUGMENTATION =
            new AugmentationRanges(0.7, 1, 0.1, 0.5, 0.05, 0.02, 0.2, 0.1);
    private static final AugmentationRanges GENTLE =
            new AugmentationRanges(0.91, 1, 0.03, 0.15, 0.015, 0.006, 0.06, 0.03);

    /** By this clock no checkpoint within an epoch is ever due. */
    private static final InstantSource STANDING = InstantSource.fixed(Instant.EPOCH);

    private static final Recipe RECIPE = recipe(2, 6);

    /** For what does not depend on how well anything is learned. */
    private static final Recipe BRIEF = recipe(1, 1);

    private static final Recipe PATIENT =
            new Recipe(48, List.of(new Stage(40, 0, 48, 4e-3, 1)), GENTLE, 8, 4, 1e-3, 0, 0, 0.5, 1, 0.5, 0.1, 0.2);

    /** What training gives with seed 1 that nothing disturbs. */
    private static Path undisturbed = Path.of("");

    /** What patient training gives: it knows the colours. */
    private static Path knowing = Path.of("");

    private Path data;
    private Path base;
    private Path out;
    private List<Path> teachers = List.of();
    private Optional<FurtherSource> further = Optional.empty();
    private Optional<Path> validation = Optional.empty();
    private Recipe recipe = RECIPE;
    private InstantSource clock = STANDING;
    private int runs = 1;

    /** Of what each test has, too: the same pictures and weights. */
    @BeforeAll
    static void trainUndisturbedAndPatiently(@TempDir Path shared) throws IOException {
        var test = new TrainingTest();
        test.writePicturesAndWeights(shared);
        test.train(1, ProgressListener.SILENT);
        undisturbed = Files.move(test.out, shared.resolve("undisturbed"));
        train(test.request(1, Optional.empty()), PATIENT);
        knowing = Files.move(test.out, shared.resolve("knowing"));
    }

    @BeforeEach
    void writePicturesAndWeights(@TempDir Path temporary) throws IOException {
        data = ColourFolders.writeTo(temporary.resolve("data"), 8);
        base = TinyBackbone.writeTo(Files.createDirectory(temporary.resolve("base")));
        out = temporary.resolve("models/colours");
    }

    @Test
    void trainsAPackageThatNamesPicturesFarBetterThanChance() throws IOException {
        // Given
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(knowing))) {

            // When
            Evaluation evaluation = Evaluation.run(classifier, List.of(data), ProgressListener.SILENT);

            // Then
            assertThat(evaluation.accuracy()).isGreaterThan(0.7);
        }
    }

    @Test
    void tellsWhatItHasLearnedFrom() throws IOException {
        // When
        TrainedModel trained = train(request(1, Optional.empty()), BRIEF);

        // Then
        assertThat(trained.skipped()).isZero();
        assertThat(trained.model().labels()).containsExactly("blue", "green", "red");
        assertThat(trained.pictures() + trained.heldOutPictures()).isEqualTo(24);
    }

    @Test
    void givesTheSamePackageForTheSameSeedAndAnotherForAnother() throws IOException {
        // When
        String again = train(1, ProgressListener.SILENT).model().manifest().digest();
        String other = train(2, ProgressListener.SILENT).model().manifest().digest();

        // Then
        assertThat(again).isEqualTo(digestOf(undisturbed));
        assertThat(other).isNotEqualTo(digestOf(undisturbed));
    }

    @Test
    void goesOnAfterTheLastEpochOfARunThatWasKilled() throws IOException {
        // Given
        assertThatThrownBy(() -> train(1, new KillingAfter(3))).isInstanceOf(Killed.class);
        KillingAfter never = new KillingAfter(100);

        // When
        String resumed = train(1, never).model().manifest().digest();

        // Then
        assertThat(resumed).isEqualTo(digestOf(undisturbed));
        assertThat(never.notes)
                .startsWith("going on after epoch 3 of 8 of run 1 of 1")
                .hasSize(6);
        assertThat(out.getParent()).isDirectoryNotContaining("glob:**.checkpoint*");
    }

    @Test
    void goesOnWithinAnEpochThatWasKilled() throws IOException {
        // Given: three batches an epoch, and a checkpoint due at each
        AtomicLong asked = new AtomicLong();
        clock = () -> Instant.EPOCH.plus(Duration.ofMinutes(2).multipliedBy(asked.incrementAndGet()));
        assertThatThrownBy(() -> train(1, KillingAfter.steps(3 * 3 + 3))).isInstanceOf(Killed.class);
        KillingAfter never = new KillingAfter(100);

        // When
        String resumed = train(1, never).model().manifest().digest();

        // Then
        assertThat(resumed).isEqualTo(digestOf(undisturbed));
        assertThat(never.notes)
                .startsWith("going on after batch 2 of 3 of epoch 4 of 8 of run 1 of 1")
                .hasSize(6);
        assertThat(out.resolve("MODEL_CARD.md"))
                .content()
                .as("the time before and after the kill, two minutes a batch or more")
                .containsPattern("The learning took [1-9]:\\d\\d h, and 0:0\\d h of processor time");
    }

    @Test
    void goesOnAtTheBeginningOfTheLastStageThatWasKilled() throws IOException {
        // Given
        AtomicLong asked = new AtomicLong();
        clock = () -> Instant.EPOCH.plus(Duration.ofMinutes(2).multipliedBy(asked.incrementAndGet()));
        assertThatThrownBy(() -> train(1, KillingAfter.steps(2 * 3 + 2))).isInstanceOf(Killed.class);

        // When
        String resumed = train(1, ProgressListener.SILENT).model().manifest().digest();

        // Then
        assertThat(resumed).isEqualTo(digestOf(undisturbed));
    }

    @Test
    void averagesTheWeightsOfSeveralRunsAlsoWhenOneWasKilled() throws IOException {
        // Given
        runs = 2;
        String mean = train(1, ProgressListener.SILENT).model().manifest().digest();
        assertThatThrownBy(() -> train(1, new KillingAfter(10))).isInstanceOf(Killed.class);

        // When
        String resumed = train(1, ProgressListener.SILENT).model().manifest().digest();

        // Then
        assertThat(resumed).isEqualTo(mean).isNotEqualTo(digestOf(undisturbed));
        assertThat(out.resolve("MODEL_CARD.md")).content().contains("mean of 2 runs", "with seeds 1 to 2");
    }

    @Test
    void saysThatACheckpointIsDamaged() throws IOException {
        // Given
        assertThatThrownBy(() -> train(1, new KillingAfter(1))).isInstanceOf(Killed.class);
        Path checkpoint = out.resolveSibling(".colours.checkpoint");
        byte[] whole = Files.readAllBytes(checkpoint);
        Files.write(checkpoint, Arrays.copyOf(whole, whole.length / 2));

        // Then
        assertRefused(".colours.checkpoint is damaged: delete it");
    }

    @Test
    void startsAnewWhenTheDataIsNotThatOfTheCheckpoint() throws IOException {
        // Given
        assertThatThrownBy(() -> train(1, new KillingAfter(1))).isInstanceOf(Killed.class);
        Files.delete(data.resolve("red/0.img"));
        KillingAfter never = new KillingAfter(100);

        // When
        train(1, never);

        // Then
        assertThat(never.notes).hasSize(8).first().asString().startsWith("epoch 1 of 8");
    }

    @Test
    void learnsFromAllDataWhenOtherPicturesAreForValidation(@TempDir Path folder) throws IOException {
        // Given
        validation = Optional.of(ColourFolders.writeTo(folder, 2));

        // When
        TrainedModel trained = train(request(1, Optional.empty()), BRIEF);

        // Then
        assertThat(trained.pictures()).isEqualTo(24);
        assertThat(trained.heldOutPictures()).isEqualTo(6);
    }

    @Test
    void learnsFromFurtherPicturesOfSomeLabels(@TempDir Path folder) throws IOException {
        // Given
        ColourFolders.writeTo(folder, 5);
        Files.createDirectory(folder.resolve("mauve"));
        further = Optional.of(new FurtherSource(folder, 0.25, List.of("red", "blue")));

        // When
        TrainedModel trained = train(1, ProgressListener.SILENT);

        // Then
        assertThat(trained.pictures() + trained.heldOutPictures()).isEqualTo(24 + 10);
        assertThat(trained.skipped()).isZero();
        assertThat(trained.model().manifest().digest()).isNotEqualTo(digestOf(undisturbed));
        assertThat(out.resolve("MODEL_CARD.md"))
                .content()
                .contains(
                        "--further " + folder + " --further-share 0.25 --further-labels red,blue",
                        "| `" + folder + "` | 10 | blue 5, red 5 |",
                        "with 25 % of each batch from `" + folder + "`");
    }

    @Test
    void followsItsTeachersMoreThanItsLabels(@TempDir Path folder) throws IOException {
        // Given: a teacher that knows colours, and red and green confused
        validation = Optional.of(ColourFolders.writeTo(folder, 4));
        teachers = List.of(knowing);
        Files.move(data.resolve("red"), data.resolve("aside"));
        Files.move(data.resolve("green"), data.resolve("red"));
        Files.move(data.resolve("aside"), data.resolve("green"));

        // When
        TrainedModel trained = train(request(1, Optional.empty()), PATIENT);

        // Then: by its labels alone it would name a third rightly
        assertThat(trained.heldOutAccuracy()).isGreaterThan(0.6);
        assertThat(out.resolve("MODEL_CARD.md"))
                .content()
                .contains("--teacher " + knowing, "Taught by `" + knowing + "`");
    }

    @Test
    void goesOnWithItsTeachersAfterItWasKilled() throws IOException {
        // Given
        recipe = BRIEF;
        teachers = List.of(undisturbed);
        String whole = train(1, ProgressListener.SILENT).model().manifest().digest();
        assertThatThrownBy(() -> train(1, new KillingAfter(1))).isInstanceOf(Killed.class);

        // When
        String resumed = train(1, ProgressListener.SILENT).model().manifest().digest();

        // Then
        assertThat(resumed).isEqualTo(whole);
        assertThat(out.getParent())
                .isDirectoryNotContaining("glob:**.checkpoint*")
                .isDirectoryNotContaining("glob:**.answers");
    }

    @Test
    void refusesATeacherThatDoesNotKnowALabel() throws IOException {
        // Given
        teachers = List.of(undisturbed);
        Files.move(data.resolve("red"), data.resolve("mauve"));

        // Then
        assertRefused("does not know the label mauve: it knows [blue, green, red]");
    }

    @Test
    void refusesFurtherPicturesOfALabelThatTheDataLacks(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(Files.createDirectory(folder.resolve("mauve")).resolve("1.jpg"), "");
        further = Optional.of(new FurtherSource(folder, 0.25, List.of()));

        // Then
        assertRefused("a folder mauve, which " + List.of(data) + " does not have: name the labels");
    }

    @Test
    void refusesLabelsThatTheFurtherPicturesLack(@TempDir Path folder) throws IOException {
        // Given
        ColourFolders.writeTo(folder, 1);
        further = Optional.of(new FurtherSource(folder, 0.25, List.of("rde")));

        // Then
        assertRefused("has no folder rde to take pictures from: it has [blue, green, red]");
    }

    @Test
    void refusesValidationPicturesOfAnotherLabel(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(Files.createDirectory(folder.resolve("mauve")).resolve("1.jpg"), "");
        validation = Optional.of(folder);

        // Then
        assertRefused("a folder mauve, which " + List.of(data) + " does not have");
    }

    @Test
    void trainsOnFromAPackage() throws IOException {
        // Given
        base = undisturbed;

        // When
        TrainedModel trained = train(request(1, Optional.empty()), BRIEF);

        // Then
        assertThat(trained.model().labels()).hasSize(3);
        assertThat(out.resolve("MODEL_CARD.md")).content().contains("MobileNetV2 with the weights `undisturbed`");
    }

    @Test
    void trainsANarrowNetworkFromNothing() throws IOException {
        // Given
        TrainingRequest request = new TrainingRequest(
                List.of(data),
                Optional.empty(),
                Optional.empty(),
                Architecture.MOBILENET_V2,
                teachers,
                Optional.empty(),
                Optional.of(0.35),
                32,
                20,
                out,
                "narrow",
                "1.0.0",
                1,
                1,
                Optional.empty());
        Recipe patient =
                new Recipe(32, List.of(new Stage(20, 0, 32, 2e-3, 1)), GENTLE, 8, 4, 0, 0, 0, 0.5, 1, 0, 0, 0.2);

        // When
        TrainedModel trained = new Training(request, patient, STANDING, ProgressListener.SILENT).run();

        // Then
        assertThat(trained.heldOutAccuracy()).isGreaterThan(0.6);
    }

    @Test
    void trainsASmallCnnFromNothing() throws IOException {
        // Given
        TrainingRequest request = new TrainingRequest(
                List.of(data),
                Optional.empty(),
                Optional.empty(),
                Architecture.CNN,
                List.of(),
                Optional.empty(),
                Optional.empty(),
                32,
                50,
                out,
                "cnn",
                "1.0.0",
                1,
                1,
                Optional.empty());

        // When
        TrainedModel trained = Training.run(request, ProgressListener.SILENT);

        // Then
        assertThat(trained.model().manifest().scaling()).isEqualTo(PixelScaling.ZERO_TO_ONE);
        assertThat(trained.heldOutAccuracy()).isGreaterThan(0.5);
    }

    @Test
    void namesAndSkipsPicturesThatCannotBeRead() throws IOException {
        // Given
        recipe = BRIEF;
        Path broken = data.resolve("red/broken.jpg");
        Files.write(broken, new byte[] {(byte) 0xFF, (byte) 0xD8, (byte) 0xFF, 0});
        KillingAfter never = new KillingAfter(100);

        // When
        TrainedModel trained = train(1, never);

        // Then
        assertThat(never.skipped).containsExactly(broken);
        assertThat(trained.skipped()).isEqualTo(1);
    }

    @Test
    void writesACardThatSaysHowToDoItAgain() throws IOException {
        // Given
        Path notes = Files.writeString(data.resolveSibling("notes.md"), "## Licences\n\nNone.\n");

        // When
        train(request(1, Optional.of(notes)), BRIEF);

        // Then
        assertThat(out.resolve("MODEL_CARD.md"))
                .content()
                .contains(
                        "sortline train --data " + data, "--seed 1", "| 24 | blue 8, green 8, red 8 |", "## Licences");
    }

    @Test
    void evaluationTakesItsPlaceInTheCardOnce() throws IOException {
        // Given
        ModelPackage model = train(request(1, Optional.empty()), BRIEF).model();
        Evaluation evaluation;
        try (ImageClassifier classifier = ImageClassifier.open(model)) {
            evaluation = Evaluation.run(classifier, List.of(data), ProgressListener.SILENT);
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
        Files.writeString(Files.createDirectory(folder.resolve("mauve")).resolve("1.jpg"), "");

        // Then
        try (ImageClassifier classifier = ImageClassifier.open(ModelPackage.load(undisturbed))) {
            assertThatThrownBy(() -> Evaluation.run(classifier, List.of(folder), ProgressListener.SILENT))
                    .isInstanceOf(TrainingInputException.class)
                    .hasMessageContaining("a folder mauve, which is no label of colours 1.0.0");
        }
    }

    private void assertRefused(String complaint) {
        assertThatThrownBy(() -> train(1, ProgressListener.SILENT))
                .isInstanceOf(TrainingInputException.class)
                .hasMessageContaining(complaint);
        assertThat(out).doesNotExist();
    }

    private TrainedModel train(long seed, ProgressListener progress) throws IOException {
        return new Training(request(seed, Optional.empty()), recipe, clock, progress).run();
    }

    private static TrainedModel train(TrainingRequest request, Recipe recipe) throws IOException {
        return new Training(request, recipe, STANDING, ProgressListener.SILENT).run();
    }

    private static String digestOf(Path folder) {
        return ModelPackage.load(folder).manifest().digest();
    }

    private TrainingRequest request(long seed, Optional<Path> notes) {
        return new TrainingRequest(
                List.of(data),
                further,
                validation,
                Architecture.MOBILENET_V2,
                teachers,
                Optional.of(base),
                Optional.empty(),
                48,
                8,
                out,
                "colours",
                "1.0.0",
                seed,
                runs,
                notes);
    }

    private static Recipe recipe(int epochsOfTheHead, int epochsOfAll) {
        return new Recipe(
                48,
                List.of(new Stage(epochsOfTheHead, 19, 32, 1e-2, 1), new Stage(epochsOfAll, 4, 48, 1e-2, 0.5)),
                AUGMENTATION,
                8,
                4,
                1e-3,
                0.1,
                0.2,
                0.5,
                0.75,
                0.5,
                0.1,
                0.2);
    }

    /** A process that is killed tells nobody; the exception stands for it. */
    private static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** Hears all, lets so many epochs end or so many steps of training, and no more. */
    private static final class KillingAfter implements ProgressListener {
        private final List<String> notes = new ArrayList<>();
        private final List<Path> skipped = new ArrayList<>();
        private int epochsLeft;
        private int stepsLeft;

        KillingAfter(int epochs) {
            this(epochs, Integer.MAX_VALUE);
        }

        private KillingAfter(int epochs, int steps) {
            this.epochsLeft = epochs;
            this.stepsLeft = steps;
        }

        static KillingAfter steps(int steps) {
            return new KillingAfter(Integer.MAX_VALUE, steps);
        }

        @Override
        public void begin(String stage, long steps) {}

        @Override
        public void step(String note) {
            if (note.startsWith("epoch ") && --stepsLeft == 0) {
                throw new Killed();
            }
        }

        @Override
        public void end() {}

        @Override
        public void skipped(Path image, String reason) {
            skipped.add(image);
        }

        @Override
        public void note(String line) {
            notes.add(line);
            if (line.startsWith("epoch ") && --epochsLeft == 0) {
                throw new Killed();
            }
        }
    }
}
