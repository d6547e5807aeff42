// SPDX-License-Identifier: Apache-2.0
package dev.sortline.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.ImageBounds;
import dev.sortline.classifier.image.Pictures;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageClassifierTest {
    private Path folder;

    private ImageClassifier classifier;

    @BeforeEach
    void open(@TempDir Path temporary) throws IOException {
        folder = temporary;
        classifier = ImageClassifier.open(ModelPackage.load(ColourModel.writeTo(folder)));
    }

    @AfterEach
    void close() {
        classifier.close();
    }

    @Test
    void namesWhatThePictureShows() throws Exception {
        // When
        Classification seen = classify(Pictures.png(Pictures.plain(50, 40, Color.GREEN)));

        // Then
        assertThat(seen.label()).isEqualTo("green");
        assertThat(sum(seen)).isCloseTo(1, within(1e-6));
    }

    @Test
    void answersWithTheSoftmaxOfTheNetworksLogits() throws Exception {
        // When
        Classification seen = classify(Pictures.png(Pictures.plain(32, 32, new Color(255, 0, 0))));

        // Then: logits 4, -4, -4
        assertThat(seen.confidence()).isCloseTo(1 / (1 + 2 * Math.exp(-8)), within(1e-6));
    }

    @Test
    void dividesLogitsByTheManifestsTemperature() throws Exception {
        // Given
        ColourModel.writeManifest(folder, 2);

        // When
        Classification seen;
        try (ImageClassifier tempered = ImageClassifier.open(ModelPackage.load(folder));
                DecodedImage image = tempered.decode(Pictures.png(Pictures.plain(32, 32, Color.RED)))) {
            seen = tempered.classify(image);
        }

        // Then
        assertThat(seen.confidence()).isCloseTo(1 / (1 + 2 * Math.exp(-4)), within(1e-6));
    }

    @Test
    void answersABatchAsItAnswersEachAlone() throws Exception {
        // Given
        List<DecodedImage> batch = new ArrayList<>();
        List<float[]> alone = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            DecodedImage image = classifier.decode(Pictures.png(Pictures.noise(40, 40, i)));
            batch.add(image);
            alone.add(classifier.classify(image).probabilities());
        }

        // When
        List<Classification> together = classifier.classify(batch);

        // Then
        for (int i = 0; i < batch.size(); i++) {
            assertThat(together.get(i).probabilities()).containsExactly(alone.get(i), within(1e-6f));
        }
        batch.forEach(DecodedImage::close);
    }

    @Test
    void answersAnEmptyBatchWithNothing() {
        // When
        List<Classification> answers = classifier.classify(List.of());

        // Then
        assertThat(answers).isEmpty();
    }

    @Test
    void answersManyThreadsAsItAnswersOne() throws Exception {
        // Given
        List<byte[]> images = IntStream.range(0, 40)
                .mapToObj(i -> Pictures.jpeg(Pictures.noise(48, 48, i)))
                .toList();
        List<float[]> alone = new ArrayList<>();
        for (byte[] image : images) {
            alone.add(classify(image).probabilities());
        }
        List<Callable<float[]>> calls = images.stream()
                .map(image -> (Callable<float[]>) () -> classify(image).probabilities())
                .toList();

        // When
        List<float[]> together = new ArrayList<>();
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (Future<float[]> answer : threads.invokeAll(calls)) {
                together.add(answer.get());
            }
        } finally {
            threads.shutdown();
        }

        // Then
        for (int i = 0; i < images.size(); i++) {
            assertThat(together.get(i)).containsExactly(alone.get(i), within(1e-6f));
        }
    }

    @Test
    void refusesImagesThatItDidNotDecode() {
        // Given
        DecodedImage foreign = () -> {};

        // Then
        assertThatThrownBy(() -> classifier.classify(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void refusesAnImageThatIsClosed() throws Exception {
        // Given
        DecodedImage image = classifier.decode(Pictures.png(Pictures.plain(10, 10, Color.RED)));
        image.close();

        // Then
        assertThatThrownBy(() -> classifier.classify(image)).hasMessage("the image is closed");
    }

    @Test
    void refusesWorkOnceItIsClosed() {
        // Given
        classifier.close();

        // Then
        assertThatThrownBy(() -> classifier.decode(new byte[0])).hasMessage("the classifier is closed");
        assertThatCode(classifier::close).doesNotThrowAnyException();
    }

    @Test
    void holdsImagesAgainstTheBoundsItWasGiven() throws Exception {
        // Given
        byte[] image = Pictures.png(Pictures.plain(20, 10, Color.RED));

        // Then
        try (ImageClassifier strict = ImageClassifier.open(classifier.model(), new ImageBounds(1 << 20, 19, 19))) {
            assertThatThrownBy(() -> strict.decode(image)).isInstanceOf(UnreadableImageException.class);
        }
    }

    @Test
    void saysWhatTheSignatureHasAndWhatIsNeeded() throws Exception {
        // Given
        ColourModel.writeSavedModel(folder, ColourModel.SIGNATURE, 48);
        ColourModel.writeManifest(folder, 1);

        // Then
        assertNotOpened("must have a float32 input of [-1, 32, 32, 3], but has float32 of [-1, 48, 48, 3]");
    }

    @Test
    void saysWhenLabelsAndOutputDiffer() throws Exception {
        // Given
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), "red\ngreen\n");
        ColourModel.writeManifest(folder, 1);

        // Then
        assertNotOpened("labels.txt has 2 labels, but the network gives 3 scores");
    }

    @Test
    void saysWhichSignaturesThereAre() throws Exception {
        // Given
        ColourModel.writeSavedModel(folder, "predict", 32);
        ColourModel.writeManifest(folder, 1);

        // Then
        assertNotOpened("has no signature serving_default, only [predict]");
    }

    @Test
    void saysWhenTheSavedModelIsNone() throws Exception {
        // Given
        Files.writeString(folder.resolve(ModelPackage.SAVED_MODEL_FILE), "nonsense");
        ColourModel.writeManifest(folder, 1);

        // Then
        assertNotOpened("saved_model.pb is no SavedModel that TensorFlow can load");
    }

    @Test
    void tellsHowManyKnownPicturesAreLessFamiliar() throws Exception {
        // Given: a white picture is at 1, a black one at -1, grey ones between
        ColourModel.tellFamiliarity(folder, -0.5, 0.0, 0.5);

        // When
        List<Double> told = new ArrayList<>();
        try (ImageClassifier familiar = ImageClassifier.open(ModelPackage.load(folder))) {
            for (Color colour : List.of(Color.BLACK, new Color(96, 96, 96), new Color(159, 159, 159), Color.WHITE)) {
                try (DecodedImage image = familiar.decode(Pictures.png(Pictures.plain(32, 32, colour)))) {
                    told.add(familiar.classify(image).familiarity());
                }
            }
        }

        // Then
        assertThat(told.get(0)).isZero();
        assertThat(told.get(1)).isCloseTo(0.25, within(0.01));
        assertThat(told.get(2)).isCloseTo(0.75, within(0.01));
        assertThat(told.get(3)).isEqualTo(1);
    }

    @Test
    void tellsNoFamiliarityWithoutAScaleForIt() throws Exception {
        // Given
        ColourModel.tellFamiliarity(folder);

        // When
        Classification seen;
        try (ImageClassifier unscaled = ImageClassifier.open(ModelPackage.load(folder));
                DecodedImage image = unscaled.decode(Pictures.png(Pictures.plain(32, 32, Color.RED)))) {
            seen = unscaled.classify(image);
        }

        // Then
        assertThat(seen.label()).isEqualTo("red");
        assertThat(seen.familiarity()).isNull();
    }

    @Test
    void refusesAScaleForWhatTheNetworkDoesNotTell() throws Exception {
        // Given
        ColourModel.tellFamiliarity(folder, 0.0, 1.0);
        ColourModel.writeSavedModel(folder, ColourModel.SIGNATURE, ColourModel.SIZE);
        Path manifest = folder.resolve(ModelPackage.MANIFEST_FILE);
        Files.writeString(
                manifest, Files.readString(manifest).replaceAll("sha256:[0-9a-f]+", ModelPackage.digestOf(folder)));

        // Then
        assertNotOpened(
                manifest + " has familiarityQuantiles, but the network does not tell how familiar a picture is");
    }

    private void assertNotOpened(String complaint) {
        ModelPackage model = ModelPackage.load(folder);
        assertThatThrownBy(() -> ImageClassifier.open(model))
                .isInstanceOf(ModelPackageException.class)
                .hasMessageContaining(complaint);
    }

    private Classification classify(byte[] bytes) throws UnreadableImageException {
        try (DecodedImage image = classifier.decode(bytes)) {
            return classifier.classify(image);
        }
    }

    private static double sum(Classification seen) {
        return seen.byLabel().values().stream().mapToDouble(Double::doubleValue).sum();
    }
}
