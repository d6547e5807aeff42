// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sortline.evaluation.corruption.Corruption;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.evaluation.figures.Predictions;
import dev.sortline.evaluation.likeness.NearDuplicate;
import dev.sortline.evaluation.likeness.NearDuplicates;
import dev.sortline.evaluation.likeness.PaintedPicture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationReportTest {
    private Path folder;
    private Path data;
    private List<CorruptionCurve> corruptions = List.of();

    @BeforeEach
    void choosePlaces(@TempDir Path temporary) {
        folder = temporary.resolve("new/report");
        data = temporary.resolve("data");
    }

    @Test
    void writesTheFiguresWithTheirKeys() throws IOException {
        // Given
        Predictions predictions = new Predictions()
                .add(3, "glass", "glass", 0.9)
                .add(1, "glass", "metal", 0.6)
                .add(6, "metal", "metal", 0.8);

        // When
        JsonNode report = json(predictions.list(), Optional.empty());

        // Then
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly(
                        "accuracy",
                        "accuracyInterval",
                        "ece",
                        "images",
                        "perLabel",
                        "confusion",
                        "reliability",
                        "riskCoverage",
                        "aurc",
                        "purityThreshold",
                        "purityThresholds");
        assertThat(report.at("/accuracyInterval/0").asDouble()).isBetween(0.59, 0.6);
        assertThat(report.at("/perLabel/glass").fieldNames())
                .toIterable()
                .containsExactly("precision", "recall", "f1", "precisionInterval", "recallInterval");
        assertThat(report.at("/riskCoverage/0").fieldNames())
                .toIterable()
                .containsExactly("coverage", "accuracy", "threshold");
        assertThat(report.at("/confusion/glass/metal").asInt()).isEqualTo(1);
    }

    @Test
    void writesPairsOnlyWhereFoldersWereCompared() throws IOException {
        // Given
        NearDuplicate pair = new NearDuplicate(Path.of("v/a.jpg"), "glass", Path.of("t/b.jpg"), "metal", 3);
        NearDuplicates found = new NearDuplicates(List.of(pair), 0, 9, 8);

        // When
        JsonNode report = json(new Predictions().add(10, "glass", "glass", 0.9).list(), Optional.of(found));

        // Then
        assertThat(report.at("/nearDuplicates/0/image").asText())
                .isEqualTo(Path.of("v/a.jpg").toString());
        assertThat(report.at("/nearDuplicates/0/of").asText())
                .isEqualTo(Path.of("t/b.jpg").toString());
        assertThat(report.at("/nearDuplicates/0/distance").asInt()).isEqualTo(3);
        assertThat(report.at("/withoutNearDuplicates/images").asInt()).isEqualTo(9);
    }

    @Test
    void pageShowsMistakesAndPairsAsPicturesOfItsOwn() throws IOException {
        // Given
        Path image = PaintedPicture.of(1).write(data.resolve("glass/a.jpg"));
        Path known = PaintedPicture.of(1).brighter(9).write(data.resolve("metal/b.png"));
        Prediction mistake = new Prediction(image, "glass", "metal", 0.8, 0.1);
        NearDuplicate pair = new NearDuplicate(image, "glass", known, "metal", 3);

        // When
        String page = page(List.of(mistake), Optional.of(new NearDuplicates(List.of(pair), 0, 0, 0)));

        // Then
        assertThat(page.split("data:image/jpeg;base64,/9j/", -1)).hasSize(4);
        assertThat(page).contains("glass, taken for metal", "labels differ", "3 of 256 bits differ");
    }

    @Test
    void showsHowTheModelFaresAsPicturesGetWorse() throws IOException {
        // Given
        corruptions = List.of(new CorruptionCurve(
                Corruption.DIRT,
                List.of(
                        new CorruptionCurve.Point(10, 0.8, new Interval(0.5, 0.9), 0.1, 10),
                        new CorruptionCurve.Point(20, 0.5, new Interval(0.3, 0.7), 0.25, 10))));
        List<Prediction> predictions =
                new Predictions().add(10, "glass", "glass", 0.9).list();

        // When
        String page = page(predictions, Optional.empty());
        JsonNode report = json(predictions, Optional.empty());

        // Then: from all right, at the upper edge, to the half
        assertThat(page)
                .contains(
                        "M46.000 12.000L106.000 72.000L166.000 162.000",
                        "% of the picture covered by dirt",
                        "<td>50.0 %</td>");
        assertThat(report.at("/corruptions/0/points/1/accuracy").asDouble()).isEqualTo(0.5);
    }

    @Test
    void pageNeedsNoNetwork() throws IOException {
        // When
        String page = page(new Predictions().add(10, "glass", "glass", 0.9).list(), Optional.empty());

        // Then
        assertThat(page)
                .startsWith("<!DOCTYPE html>")
                .contains("<svg", "default-src 'none'")
                .doesNotContain("http:", "https:", "<script", "<link", "@import", "url(");
    }

    @Test
    void pageEscapesWhatFilesAndLabelsAreCalled() throws IOException {
        // Given
        Prediction mistake = new Prediction(data.resolve("\"><script>alert(1)<.jpg"), "<b>&\"'", "<i>", 0.8, 0.1);

        // When
        String page = page(List.of(mistake), Optional.empty());

        // Then
        assertThat(page)
                .doesNotContain("<script>", "<b>", "<i>")
                .contains("&lt;script&gt;", "&lt;b&gt;&amp;&quot;&#39;", "no preview");
    }

    @Test
    void leavesNothingButTheTwoFiles() throws IOException {
        // Given
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("evaluation.json"), "old");

        // When
        List<Path> files = report(
                        new Predictions().add(1, "glass", "glass", 0.9).list(), Optional.empty())
                .write(folder);

        // Then
        assertThat(folder).isDirectoryNotContaining(file -> !files.contains(file));
        assertThat(files)
                .extracting(file -> file.getFileName().toString())
                .containsExactly("evaluation.json", "evaluation.html");
        assertThat(files.get(0)).content().startsWith("{");
    }

    private JsonNode json(List<Prediction> predictions, Optional<NearDuplicates> found) throws IOException {
        return new ObjectMapper()
                .readTree(report(predictions, found).write(folder).get(0).toFile());
    }

    private String page(List<Prediction> predictions, Optional<NearDuplicates> found) throws IOException {
        return Files.readString(report(predictions, found).write(folder).get(1));
    }

    private EvaluationReport report(List<Prediction> predictions, Optional<NearDuplicates> found) {
        return new EvaluationReport("model 1.0.0", data, Evaluation.of(predictions, List.of(), found, corruptions));
    }
}
