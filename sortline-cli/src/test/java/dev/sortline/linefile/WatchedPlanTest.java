// SPDX-License-Identifier: Apache-2.0
package dev.sortline.linefile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.metrics.LineMetric;
import dev.sortline.models.ToyPackage;
import dev.sortline.process.CommandFailure;
import dev.sortline.signatures.KeyFiles;
import dev.sortline.signatures.SigningKey;
import dev.sortline.sorting.SortingPlan;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A plan that is changed while its lines run. */
class WatchedPlanTest {
    private static final ModelPackage MODEL = ModelPackage.load(Path.of("..", "models", "waste-mobilenet-v2"));
    private static final String LINES =
            """
            kafka: { bootstrap.servers: "broker:9092" }
            model: m
            belts:
              belt:
                speedMetresPerSecond: 1
                transportMarginMillis: 20
                residualLane: residue
                ejectors: { glass: { number: 1, distanceMetres: 1 } }
            lines:
              line-1: { belt: belt, plan: glass-only.yaml }
              line-2: { belt: belt, plan: glass-only.yaml }
            """;

    @TempDir
    private Path folder;

    private String lines = LINES;
    private @Nullable ModelPackage model = MODEL;
    private Path file;
    private LinePlans plans;
    private WatchedPlan watched;

    @BeforeEach
    void start() throws IOException {
        file = Files.writeString(folder.resolve("glass-only.yaml"), GlassOnly.yaml(0.5));
        load();
    }

    @Test
    void goodChangeIsInForceForAllItsLines() throws IOException {
        // Given
        Files.writeString(file, GlassOnly.yaml(0.75));

        // When
        lookTwice();

        // Then
        assertThat(leastConfidence("line-1")).isEqualTo(0.75);
        assertThat(leastConfidence("line-2")).isEqualTo(0.75);
        assertThat(edition()).isEqualTo(PlanFile.editionOf(Files.readAllBytes(file)));
    }

    @Test
    void fileThatIsStillBeingWrittenIsLeftAlone() throws IOException {
        // Given
        String whole = GlassOnly.yaml(0.75);
        Files.writeString(file, whole.substring(0, whole.indexOf("  rest:")));

        // When
        watched.look();
        Files.writeString(file, whole);
        watched.look();

        // Then
        assertThat(watched.refused()).isFalse();
        assertThat(leastConfidence("line-1")).isEqualTo(0.5);
    }

    @Test
    void fileThatAnEditorReplacesIsFound() throws IOException {
        // Given
        Path other = Files.writeString(folder.resolve("glass-only.yaml.swp"), GlassOnly.yaml(0.75));
        Files.move(other, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        // When
        lookTwice();

        // Then
        assertThat(leastConfidence("line-1")).isEqualTo(0.75);
    }

    @Test
    void symbolicLinkToAnotherFolderIsFoundAsAConfigMapIsExchanged() throws IOException {
        // Given: plan -> ..data/plan, ..data -> the folder of an edition
        Path first = Files.createDirectory(folder.resolve("..1"));
        Path second = Files.createDirectory(folder.resolve("..2"));
        Files.writeString(first.resolve("glass-only.yaml"), GlassOnly.yaml(0.5));
        Files.writeString(second.resolve("glass-only.yaml"), GlassOnly.yaml(0.75));
        Path data = Files.createSymbolicLink(folder.resolve("..data"), first.getFileName());
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("..data", "glass-only.yaml"));
        load();
        Path next = Files.createSymbolicLink(folder.resolve("..tmp"), second.getFileName());
        Files.move(next, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);

        // When
        lookTwice();

        // Then
        assertThat(leastConfidence("line-1")).isEqualTo(0.75);
    }

    @ParameterizedTest
    @CsvSource({
        "leastConfidence: 0.5, leastConfidence: 50",
        "lane: glass, lane: glas",
        "labels: [glass], labels: [glas]",
        "fractions:, fractions",
    })
    void badChangeIsRefusedAndTheOldPlanStays(String right, String wrong) throws IOException {
        // Given
        String before = edition();
        Files.writeString(file, GlassOnly.yaml(0.5).replace(right, wrong));

        // When
        lookTwice();

        // Then
        assertThat(watched.refused()).isTrue();
        assertThat(edition()).isEqualTo(before);
    }

    @Test
    void planThatIsTakenAwayStaysInForce() throws IOException {
        // Given
        String before = edition();
        Files.delete(file);

        // When
        lookTwice();

        // Then
        assertThat(watched.refused()).isTrue();
        assertThat(edition()).isEqualTo(before);
    }

    @Test
    void changeIsInForceOnceItIsSignedWhereThatIsAsked() throws IOException {
        // Given
        var keys = KeyFiles.make(folder, "plant");
        sign(keys);
        lines = LINES + "signatures: { keys: [plant-public.pem] }\n";
        load();
        Files.writeString(file, GlassOnly.yaml(0.75));
        lookTwice();
        assertThat(watched.refused()).isTrue();
        assertThat(leastConfidence("line-1")).isEqualTo(0.5);

        // When
        sign(keys);
        lookTwice();

        // Then
        assertThat(watched.refused()).isFalse();
        assertThat(leastConfidence("line-1")).isEqualTo(0.75);
    }

    @Test
    void planThatIsNotSignedIsRefusedAtTheStartWhereThatIsAsked() throws IOException {
        // Given
        KeyFiles.make(folder, "plant");
        var lineFile = lineFile(LINES + "signatures: { keys: [plant-public.pem] }\n");

        // When
        var reading = assertThatThrownBy(() -> LinePlans.read(lineFile));

        // Then
        reading.hasMessage("plan %1$s is not signed: there is no %1$s.signature, and signatures.require is true", file);
    }

    @Test
    void signedPlanUnderAnothersNameIsRefused() throws IOException {
        // Given
        var keys = KeyFiles.make(folder, "plant");
        sign(keys);
        Files.copy(file, folder.resolve("other.yaml"));
        Files.copy(PlanFile.signatureOf(file), folder.resolve("other.yaml.signature"));
        var lineFile = lineFile(
                LINES.replace("glass-only", "other") + "signatures: { keys: [plant-public.pem], require: false }\n");

        // When
        var reading = assertThatThrownBy(() -> LinePlans.read(lineFile));

        // Then
        reading.hasMessageContaining("other.yaml.signature does not fit");
    }

    private void sign(KeyFiles keys) throws IOException {
        Files.writeString(
                PlanFile.signatureOf(file),
                SigningKey.read(keys.secret()).sign(PlanFile.read(file).statement()));
    }

    @Test
    void refusalEndsWhenTheFileIsAsItWas() throws IOException {
        // Given
        Files.writeString(file, "no plan");
        lookTwice();

        // When
        Files.writeString(file, GlassOnly.yaml(0.5));
        lookTwice();

        // Then
        assertThat(watched.refused()).isFalse();
    }

    @Test
    void planWhoseLabelTheModelLacksIsInForceOnceAModelHasIt() throws IOException {
        // Given
        var withIt = ModelPackage.load(
                ToyPackage.write(folder.resolve("package"), "2", "metal", List.of("empty", "glass", "foil")));
        Files.writeString(file, GlassOnly.yaml(0.75).replace("labels: [glass]", "labels: [glass, foil]"));
        lookTwice();
        assertThat(watched.refused()).isTrue();

        // When
        model = withIt;
        watched.look();

        // Then
        assertThat(watched.refused()).isFalse();
        assertThat(leastConfidence("line-1")).isEqualTo(0.75);
    }

    @Test
    void planThatChangesWhileTheModelIsBeingCopiedIsInForceOnceTheModelIsThere() throws IOException {
        // Given
        model = null;
        Files.writeString(file, GlassOnly.yaml(0.75));
        lookTwice();
        assertThat(watched.refused()).isTrue();

        // When
        model = MODEL;
        watched.look();

        // Then
        assertThat(watched.refused()).isFalse();
        assertThat(leastConfidence("line-1")).isEqualTo(0.75);
    }

    @Test
    void planWhoseLabelTheModelLacksStaysRefusedWhileTheModelCannotBeRead() throws IOException {
        // Given
        Files.writeString(file, GlassOnly.yaml(0.75).replace("labels: [glass]", "labels: [glass, foil]"));
        lookTwice();
        model = null;

        // When
        watched.look();

        // Then
        assertThat(watched.refused()).isTrue();
        assertThat(leastConfidence("line-1")).isEqualTo(0.5);
    }

    @Test
    void refusalIsMeasured() throws IOException {
        // Given
        var registry = new SimpleMeterRegistry();
        Files.writeString(file, "no plan");

        // When
        try (var unused = PlanWatch.start(plans.watched(line -> MODEL, plans), registry)) {
            var gauge = registry.get(LineMetric.PLAN_REFUSED.meterName())
                    .tag("plan", "glass-only")
                    .gauge();
            await().until(() -> gauge.value() == 1);
        }

        // Then
        assertThat(edition()).isNotEqualTo(PlanFile.editionOf(Files.readAllBytes(file)));
    }

    @Test
    void changeIsToldInFewWords() throws IOException {
        // Given
        SortingPlan before = GlassOnly.edition("glass", "glass", 0.5).plan();
        SortingPlan after = GlassOnly.edition("metal", "residue", 0.75).plan();

        // When
        String changes = PlanChanges.between(before, after);

        // Then
        assertThat(changes)
                .isEqualTo(
                        "sorted.labels [glass] -> [metal], sorted.lane glass -> residue, sorted.leastConfidence 0.5 -> 0.75");
    }

    @Test
    void twoPlansOfTheSameNameAreRefused() throws IOException {
        // Given
        Files.createDirectory(folder.resolve("other"));
        Files.writeString(folder.resolve("other").resolve("glass-only.yaml"), GlassOnly.yaml(0.75));
        var lineFile = lineFile(LINES.replace("line-2: { belt: belt, plan: ", "line-2: { belt: belt, plan: other/"));

        // When
        var reading = assertThatThrownBy(() -> LinePlans.read(lineFile));

        // Then
        reading.hasMessageStartingWith(folder.resolve("line.yaml") + ":11:25: lines.line-2.plan: ")
                .hasMessageContaining("has the name of another plan");
    }

    @Test
    void planThatIsNotThereIsToldWhereTheLineNamesIt() throws IOException {
        // Given
        var lineFile = lineFile(LINES.replace("glass-only", "nowhere"));

        // When
        var reading = assertThatThrownBy(() -> LinePlans.read(lineFile));

        // Then
        reading.hasMessage(
                "%s:10:25: lines.line-1.plan: there is no file %s",
                folder.resolve("line.yaml"), folder.resolve("nowhere.yaml"));
    }

    @Test
    void laneThatTheBeltLacksIsToldWithItsPlaceInThePlan() throws IOException {
        // Given
        Files.writeString(file, GlassOnly.yaml(0.5).replace("lane: glass", "lane: glas"));
        var lineFile = lineFile(LINES);

        // When
        var reading = assertThatThrownBy(() -> LinePlans.read(lineFile));

        // Then
        reading.hasMessage(file
                + ":7:5: fractions.sorted.lane: the belt of line 'line-1' has no lane 'glas': it has [glass, residue]");
    }

    private void load() throws IOException {
        plans = LinePlans.read(lineFile(lines));
        watched = plans.watched(line -> modelInForce(), plans).get(0);
    }

    private ModelPackage modelInForce() {
        if (model == null) {
            throw CommandFailure.ofConfiguration("models/m cannot be read");
        }
        return model;
    }

    private LineFile lineFile(String text) throws IOException {
        return LineFile.load(Files.writeString(folder.resolve("line.yaml"), text), Map.of());
    }

    private void lookTwice() {
        watched.look();
        watched.look();
    }

    private String edition() {
        return plans.lines().get("line-1").plan().edition().edition();
    }

    private double leastConfidence(String line) {
        return plans.lines()
                .get(line)
                .plan()
                .edition()
                .plan()
                .fractions()
                .get("sorted")
                .leastConfidence();
    }
}
