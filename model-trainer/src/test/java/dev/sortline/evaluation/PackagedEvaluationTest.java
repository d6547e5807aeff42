// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.evaluation.corruption.Corruption;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Predictions;
import dev.sortline.trainer.writing.JsonReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackagedEvaluationTest {
    private final Evaluation evaluation = Evaluation.of(
            new Predictions()
                    .add(3, "glass", "glass", 0.9)
                    .add(1, "glass", "metal", 0.6)
                    .add(6, "metal", "metal", 0.8)
                    .add(1, "metal", "paper", 0.4)
                    .list(),
            List.of(),
            Optional.empty(),
            List.of(new CorruptionCurve(
                    Corruption.MOTION_BLUR,
                    List.of(new CorruptionCurve.Point(2, 0.8, new Interval(0.5, 0.9), 0.123, 11)))));

    @Test
    void givesTheFiguresWithTheirKeys() throws IOException {
        // When
        JsonNode json = written();

        // Then
        assertThat(json.fieldNames())
                .toIterable()
                .containsExactly(
                        "data",
                        "pictures",
                        "accuracy",
                        "ece",
                        "perLabel",
                        "confusion",
                        "reliability",
                        "riskCoverage",
                        "corruptions");
        assertThat(json.get("data").asText()).isEqualTo("some/pictures");
        assertThat(json.get("pictures").asInt()).isEqualTo(11);
        assertThat(json.at("/accuracy/value").asDouble()).isEqualTo(9.0 / 11);
        assertThat(json.at("/accuracy/low").asDouble()).isLessThan(9.0 / 11);
        assertThat(json.at("/accuracy/high").asDouble()).isGreaterThan(9.0 / 11);
        assertThat(json.at("/perLabel/0").toString())
                .isEqualTo("{\"label\":\"glass\",\"precision\":1.0,\"recall\":0.75,\"f1\":0.8571428571428571,"
                        + "\"pictures\":4,\"precisionInterval\":[0.43850296824495455,1.0],"
                        + "\"recallInterval\":[0.30064184258240184,0.9544127391902995]}");
        assertThat(json.at("/corruptions/0").toString())
                .isEqualTo("{\"corruption\":\"motion blur\","
                        + "\"strength\":\"% of the picture's width moved while the shutter is open\",\"points\":[{"
                        + "\"strength\":2.0,\"accuracy\":0.8,\"interval\":[0.5,0.9],\"ece\":0.123,\"images\":11}]}");
        assertThat(json.at("/reliability/0").fieldNames())
                .toIterable()
                .containsExactly("from", "to", "confidence", "accuracy", "pictures");
    }

    @Test
    void confusionHasARowForEachLabelThatWasShownOrAnswered() throws IOException {
        // When
        JsonNode confusion = written().get("confusion");

        // Then
        assertThat(confusion.toString())
                .isEqualTo("{\"labels\":[\"glass\",\"metal\",\"paper\"],\"rows\":[[3,1,0],[0,6,1],[0,0,0]]}");
    }

    @ParameterizedTest
    @CsvSource({
        "samples/belt, samples-belt.json",
        "../shared/data/trashnet/val, shared-data-trashnet-val.json",
        "/data/Glas & Metall/, data-Glas-Metall.json",
        "., pictures.json",
        "../.., pictures.json",
        "v1.2/val, v1.2-val.json"
    })
    void fileIsNamedByTheWayToTheData(Path data, String name) {
        // When
        String fileName = PackagedEvaluation.fileName(data);

        // Then
        assertThat(fileName).isEqualTo(name);
    }

    private JsonNode written() throws IOException {
        return new ObjectMapper()
                .readTree(JsonReport.text(PackagedEvaluation.of(Path.of("some/pictures"), evaluation)));
    }
}
