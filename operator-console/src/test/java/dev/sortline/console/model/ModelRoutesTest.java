// SPDX-License-Identifier: Apache-2.0
package dev.sortline.console.model;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sortline.console.Events;
import dev.sortline.console.ServedRoutes;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelRoutesTest {
    private static final Instant NOON = Instant.parse("2026-03-02T12:00:00Z");

    @TempDir
    private Path folder;

    private DriftWatch watch;
    private ServedRoutes served;

    @BeforeEach
    void serve() throws Exception {
        Files.writeString(
                folder.resolve("model.json"), "{\"name\": \"waste\", \"version\": \"1\", \"inputSize\": 224}");
        Files.writeString(folder.resolve("labels.txt"), "can\ngreen-glass\nempty\n");
        var model = new ModelFolder(folder);
        watch = new DriftWatch(Set.of("line-1"), model.facts(), () -> NOON);
        served = ServedRoutes.start(new ModelRoutes(model, watch));
    }

    @AfterEach
    void stop() {
        served.close();
    }

    @Test
    void modelIsToldWithItsEvaluationsAndItsDrift() throws Exception {
        // Given
        Path evaluations = Files.createDirectory(folder.resolve("evaluations"));
        Files.writeString(
                evaluations.resolve("belt.json"),
                "{\"data\": \"belt\", \"pictures\": 1, \"reliability\":"
                        + " [{\"from\": 0.4, \"to\": 0.5, \"confidence\": 0.45, \"accuracy\": 1, \"pictures\": 1}]}");
        watch.routed(Events.glass("line-1", "a", NOON));
        watch.routed(Events.glass("try", "a", NOON));

        // When
        JsonNode page = served.json("/api/model");

        // Then
        assertThat(page.get("model").get("inputSize").intValue()).isEqualTo(224);
        assertThat(page.get("evaluations").get(0).get("data").textValue()).isEqualTo("belt");
        JsonNode drift = page.get("drift");
        assertThat(drift.get("since").textValue()).isEqualTo("2026-03-02T11:00:00Z");
        assertThat(drift.get("items").intValue()).isEqualTo(1);
        assertThat(drift.get("labels").get(1).get("now").doubleValue()).isEqualTo(1);
        assertThat(drift.get("labels").get(1).get("expected").isNull()).isTrue();
        assertThat(drift.get("confidence").get("now").doubleValue()).isEqualTo(0.9);
        assertThat(drift.get("confidence").get("expected").doubleValue()).isEqualTo(0.45);
    }

    @Test
    void whatAnotherModelAnswersIsNotThisOnesDrift() {
        // Given
        var other = new DriftWatch(Set.of("line-1"), new ModelFacts("waste", "2", null, List.of()), () -> NOON);

        // When
        other.routed(Events.glass("line-1", "a", NOON));

        // Then
        assertThat(other.drift(List.of(), List.of()).items()).isZero();
    }

    @Test
    void confidenceIsHeldAgainstTheEvaluationOfMostLabels() {
        // Given
        var watch = new DriftWatch(Set.of("line-1"), new ModelFacts("waste", "1", null, List.of()), () -> NOON);
        var many = evaluation(0.45, "empty", "glass");
        var broad = evaluation(0.9, "glass", "metal");

        // When
        var drift = watch.drift(List.of(), List.of(many, broad));

        // Then
        assertThat(drift.confidence().expected()).isEqualTo(0.9);
    }

    private static Evaluation evaluation(double confidence, String... labels) {
        return new Evaluation(
                "pictures",
                4,
                null,
                null,
                Stream.of(labels)
                        .map(label -> new Evaluation.LabelFigures(label, null, null, null, 2))
                        .toList(),
                null,
                List.of(new Evaluation.Bin(0, 1, confidence, 1, 4)));
    }

    @Test
    void cardIsHtml() throws Exception {
        // Given
        Files.writeString(folder.resolve("MODEL_CARD.md"), "# waste 1\n");

        // When
        var answer = served.get("/api/model/card");

        // Then
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(new String(answer.body(), StandardCharsets.UTF_8)).isEqualTo("<h1>waste 1</h1>\n");
    }

    @Test
    void modelWithoutACardHasNone() {
        // When
        var answer = served.get("/api/model/card");

        // Then
        assertThat(answer.statusCode()).isEqualTo(404);
    }
}
