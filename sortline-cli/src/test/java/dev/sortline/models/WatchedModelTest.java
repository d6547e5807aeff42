// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.linefile.GlassOnly;
import dev.sortline.metrics.LineMetric;
import dev.sortline.signatures.KeyFiles;
import dev.sortline.signatures.SigningKey;
import dev.sortline.signatures.TrustedKeys;
import dev.sortline.sorting.BeltGeometry;
import dev.sortline.sorting.BeltGeometry.Ejector;
import dev.sortline.sorting.Line;
import dev.sortline.sorting.PlanInForce;
import dev.sortline.stream.model.LineModels;
import dev.sortline.stream.model.ModelInForce;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model package that is replaced while its lines run; what opens it is a toy. */
class WatchedModelTest {
    @TempDir
    private Path folder;

    private Path current;
    private final List<ToyClassifier> opened = new ArrayList<>();
    private final PlanInForce plan = new PlanInForce(GlassOnly.edition("glass", "glass", 0.5));
    private ModelInForce model;
    private WatchedModel watched;

    @BeforeEach
    void start() throws IOException {
        current = ToyPackage.write(folder.resolve("current"), "1", "glass");
        watch(TrustedKeys.NONE);
    }

    @Test
    void packageThatTakesTheFoldersPlaceDecidesAndTheOldOneIsClosed() throws IOException {
        // Given
        replaceBy(ToyPackage.write(folder.resolve("next"), "2", "metal"));

        // When
        lookTwice();

        // Then
        assertThat(model.model().version()).isEqualTo("2");
        assertThat(opened).extracting(each -> each.closed).containsExactly(true, false);
        assertThat(watched.problem()).isEmpty();
    }

    @Test
    void packageThatIsStillBeingCopiedIsWaitedFor() throws IOException {
        // Given
        ToyPackage.write(current, "2", "metal");
        Files.writeString(current.resolve(ModelPackage.SAVED_MODEL_FILE), "met");

        // When
        watched.look();
        ToyPackage.write(current, "2", "metal");
        watched.look();

        // Then
        assertThat(watched.problem()).isEmpty();
        assertThat(model.model().version()).isEqualTo("1");
        watched.look();
        assertThat(model.model().version()).isEqualTo("2");
    }

    @Test
    void linkThatIsPointedElsewhereIsFound() throws IOException {
        // Given
        Path first = Files.move(current, folder.resolve("v1"));
        Files.createSymbolicLink(current, first.getFileName());
        watch(TrustedKeys.NONE);
        Path second = ToyPackage.write(folder.resolve("v2"), "2", "metal");
        Path next = Files.createSymbolicLink(folder.resolve("link"), second.getFileName());
        Files.move(next, current, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        // When
        lookTwice();

        // Then
        assertThat(model.model().version()).isEqualTo("2");
    }

    @Test
    void fileOfTheSameSizeAndTimeIsFound() throws IOException {
        // Given
        Path network = current.resolve(ModelPackage.SAVED_MODEL_FILE);
        FileTime time = Files.getLastModifiedTime(network);
        Files.writeString(network, "metal");
        Files.setLastModifiedTime(network, time);

        // When
        lookTwice();

        // Then
        assertThat(watched.problem().orElseThrow()).contains("does not belong to its files");
    }

    @Test
    void modelsAreSwappedThereAndBack() throws IOException {
        // Given
        Path other = ToyPackage.write(folder.resolve("next"), "2", "metal");
        Path first = replaceBy(other);
        lookTwice();

        // When
        Files.move(current, other);
        Files.move(first, current);
        lookTwice();

        // Then
        assertThat(model.model().version()).isEqualTo("1");
        assertThat(opened).extracting(each -> each.closed).containsExactly(true, true, false);
    }

    @Test
    void packageWithoutALabelOfAPlanIsRefused() throws IOException {
        // Given
        replaceBy(ToyPackage.write(folder.resolve("next"), "2", "metal", List.of("empty", "metal")));

        // When
        lookTwice();

        // Then
        assertRefused("plan glass-only: model toy 2 has no label 'glass': it has [empty, metal]");
        assertThat(opened).hasSize(1);
    }

    @Test
    void packageThatDidNotGoWithAPlanIsJudgedAgainWhenThePlanChanges() throws IOException {
        // Given
        replaceBy(ToyPackage.write(folder.resolve("next"), "2", "metal", List.of("empty", "metal")));
        lookTwice();
        boolean refused = watched.problem().isPresent();
        plan.replaceBy(GlassOnly.edition("metal", "metal", 0.5));

        // When
        watched.look();

        // Then
        assertThat(refused).isTrue();
        assertThat(model.model().version()).isEqualTo("2");
        assertThat(watched.problem()).isEmpty();
    }

    @Test
    void planThatChangedWhileTheModelWasOpenedIsHeldAgainstItToo() throws IOException {
        // Given
        replaceBy(ToyPackage.write(folder.resolve("next"), "2", "glass", List.of("empty", "glass")));
        duringOpening = () -> plan.replaceBy(GlassOnly.edition("metal", "glass", 0.5));

        // When
        lookTwice();

        // Then
        assertRefused("has no label 'metal'");
        assertThat(opened).extracting(each -> each.closed).containsExactly(false, true);
    }

    @Test
    void answersThatAreNoneAreRefused() throws IOException {
        // Given
        Path next = ToyPackage.write(folder.resolve("next"), "2", "NaN");
        addPicture(next);
        replaceBy(next);

        // When
        lookTwice();

        // Then
        assertRefused("its answer to check picture 1.jpg is none: probability of empty must be 0..1");
        assertThat(opened).extracting(each -> each.closed).containsExactly(false, true);
    }

    @Test
    void answerThatIsNotThePackagesOwnIsRefused() throws IOException {
        // Given
        Path next = ToyPackage.write(folder.resolve("next"), "2", "metal");
        addPicture(next);
        Files.writeString(next.resolve("check.json"), "{\"1.jpg\": \"glass\"}");
        replaceBy(next);

        // When
        lookTwice();

        // Then
        assertRefused("takes check picture 1.jpg for metal 1.000 (gap 1.000), and should for 'glass'");
    }

    @Test
    void otherFilesUnderTheSameVersionAreRefused() throws IOException {
        // Given
        replaceBy(ToyPackage.write(folder.resolve("next"), "1", "metal"));

        // When
        lookTwice();

        // Then
        assertRefused("give it another version, for events tell models by it");
    }

    @Test
    void packageThatIsChangedWhileItIsOpenedIsRefused() throws IOException {
        // Given
        replaceBy(ToyPackage.write(folder.resolve("next"), "2", "metal"));
        duringOpening = () -> write(current.resolve("added"), "something");

        // When
        lookTwice();

        // Then
        assertRefused("was changed while it was opened");
        lookTwice();
        assertThat(model.model().version()).isEqualTo("2");
    }

    @Test
    void tamperedPackageIsRefusedWhereKeysAreGiven() throws IOException {
        // Given
        var keys = KeyFiles.make(folder, "plant");
        watch(TrustedKeys.read(List.of(keys.shown()), false));
        Path next = ToyPackage.write(folder.resolve("next"), "2", "metal");
        var signed = CheckedPackage.read(next, TrustedKeys.NONE).statement();
        Files.writeString(
                CheckedPackage.signatureOf(next), SigningKey.read(keys.secret()).sign(signed));
        Path manifest = next.resolve(ModelPackage.MANIFEST_FILE);
        Files.writeString(
                manifest, Files.readString(manifest).replace("\"temperature\" : 1.0", "\"temperature\" : 0.5"));
        replaceBy(next);

        // When
        lookTwice();

        // Then
        assertRefused("does not fit: model package " + current + " was changed after it was signed");
    }

    @Test
    void signatureThatComesAfterThePackageEndsTheRefusal() throws IOException {
        // Given
        var keys = KeyFiles.make(folder, "plant");
        watch(TrustedKeys.read(List.of(keys.shown()), true));
        replaceBy(ToyPackage.write(folder.resolve("next"), "2", "metal"));
        lookTwice();
        assertRefused("is not signed");

        // When
        var signed = CheckedPackage.read(current, TrustedKeys.NONE).statement();
        Files.writeString(
                CheckedPackage.signatureOf(current),
                SigningKey.read(keys.secret()).sign(signed));
        lookTwice();

        // Then
        assertThat(model.model().version()).isEqualTo("2");
        assertThat(watched.problem()).isEmpty();
    }

    @Test
    void refusalIsMeasuredAndEndsWhenTheFolderIsAsItWas() throws IOException {
        // Given
        var registry = new SimpleMeterRegistry();
        var next = folder.resolve("away");
        Files.move(current, next);
        lookTwice();

        // When
        try (var watch = ModelWatch.start(List.of(watched), registry)) {
            double refused =
                    registry.get(LineMetric.MODEL_REFUSED.meterName()).gauge().value();

            // Then
            assertThat(refused).isOne();
            assertThat(watch.warnings()).singleElement().asString().contains("no model package at " + current);
        }
        Files.move(next, current);
        lookTwice();
        assertThat(registry.get(LineMetric.MODEL_REFUSED.meterName()).gauge().value())
                .isZero();
    }

    private Runnable duringOpening = () -> {};

    private void assertRefused(String reason) {
        assertThat(watched.problem().orElseThrow()).contains(reason);
        assertThat(model.model().version()).isEqualTo("1");
    }

    private void watch(TrustedKeys trusted) {
        opened.clear();
        var checked = CheckedPackage.read(current, TrustedKeys.NONE);
        model = new ModelInForce(open(checked.model()));
        var belt = new BeltGeometry(1, 20, "residue", null, null, Map.of("glass", new Ejector(1, 1.0, 0)));
        var line = new Line("line-1", belt, plan);
        watched = new WatchedModel(
                "main", current, checked.digest(), model, List.of(line), this::open, trusted, LineModels.of(model));
    }

    private ImageClassifier open(ModelPackage found) {
        duringOpening.run();
        duringOpening = () -> {};
        opened.add(new ToyClassifier(found));
        return opened.get(opened.size() - 1);
    }

    /** The folder of the package that was there. */
    private Path replaceBy(Path next) throws IOException {
        Path before = Files.move(current, folder.resolve("before-" + next.getFileName()));
        Files.move(next, current);
        return before;
    }

    private static void addPicture(Path next) throws IOException {
        Files.write(
                Files.createDirectory(next.resolve(ModelPackage.CHECK_FOLDER)).resolve("1.jpg"), new byte[] {1});
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private void lookTwice() {
        watched.look();
        watched.look();
    }
}
