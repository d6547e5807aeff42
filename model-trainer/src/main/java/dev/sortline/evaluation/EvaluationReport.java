// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.ConfusionMatrix;
import dev.sortline.evaluation.figures.FamiliarityFigures;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.PurityThreshold;
import dev.sortline.evaluation.figures.RiskCoverage;
import dev.sortline.evaluation.likeness.NearDuplicate;
import dev.sortline.evaluation.likeness.NearDuplicates;
import dev.sortline.trainer.writing.JsonReport;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation on disk: {@value #JSON_FILE} for programs, {@value #PAGE_FILE} for people, one page that needs no network.
 *
 * @param model name and version of the model
 * @param data what it was evaluated on
 * @param evaluation the figures
 */
public record EvaluationReport(String model, Path data, Evaluation evaluation) {
    /** The figures. */
    public static final String JSON_FILE = "evaluation.json";

    /** The page. */
    public static final String PAGE_FILE = "evaluation.html";

    /**
     * Writes both files into a folder, which is made if it is not there; each is whole or as it was before.
     *
     * @return the files
     * @throws IOException if the disk fails
     */
    public List<Path> write(Path folder) throws IOException {
        String json = JsonReport.text(Figures.of(evaluation));
        String html = EvaluationPage.render(this);
        Files.createDirectories(folder);
        List<Path> files = List.of(folder.resolve(JSON_FILE), folder.resolve(PAGE_FILE));
        WholeFile.write(files.get(0), json);
        WholeFile.write(files.get(1), html);
        return files;
    }

    /** The keys of {@value #JSON_FILE}. What is absent was not asked for or cannot be had. */
    @JsonPropertyOrder({
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
        "purityThresholds",
        "nearDuplicates",
        "withoutNearDuplicates",
        "familiarity",
        "corruptions"
    })
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Figures(
            double accuracy,
            Interval accuracyInterval,
            double ece,
            int images,
            Map<String, Evaluation.LabelFigures> perLabel,
            Map<String, Map<String, Integer>> confusion,
            List<Calibration.Bin> reliability,
            List<RiskCoverage.Point> riskCoverage,
            double aurc,
            @Nullable PurityThreshold purityThreshold,
            Map<String, PurityThreshold> purityThresholds,
            @Nullable List<Pair> nearDuplicates,
            @Nullable Others withoutNearDuplicates,
            @Nullable FamiliarityFigures familiarity,
            @Nullable List<PackagedEvaluation.Fall> corruptions) {

        static Figures of(Evaluation evaluation) {
            return new Figures(
                    evaluation.accuracy(),
                    evaluation.accuracyInterval(),
                    evaluation.calibration().ece(),
                    evaluation.images(),
                    evaluation.perLabel(),
                    confusion(evaluation.confusion()),
                    evaluation.calibration().bins(),
                    evaluation.riskCoverage().points(),
                    evaluation.riskCoverage().aurc(),
                    evaluation.purityThreshold().orElse(null),
                    evaluation.purityThresholds(),
                    evaluation
                            .nearDuplicates()
                            .map(found -> found.pairs().stream().map(Pair::of).toList())
                            .orElse(null),
                    evaluation
                            .nearDuplicates()
                            .filter(found -> found.others() > 0)
                            .map(Others::of)
                            .orElse(null),
                    evaluation.familiarity().orElse(null),
                    evaluation.corruptions().isEmpty()
                            ? null
                            : evaluation.corruptions().stream()
                                    .map(PackagedEvaluation.Fall::of)
                                    .toList());
        }

        private static Map<String, Map<String, Integer>> confusion(ConfusionMatrix confusion) {
            Map<String, Map<String, Integer>> byTruth = new LinkedHashMap<>();
            for (String truth : confusion.shownLabels()) {
                Map<String, Integer> byAnswer = new LinkedHashMap<>();
                for (String answer : confusion.labels()) {
                    byAnswer.put(answer, confusion.count(truth, answer));
                }
                byTruth.put(truth, byAnswer);
            }
            return byTruth;
        }
    }

    @JsonPropertyOrder({"image", "of", "distance", "label", "ofLabel"})
    private record Pair(String image, String of, int distance, String label, String ofLabel) {
        static Pair of(NearDuplicate pair) {
            return new Pair(
                    pair.image().toString(), pair.of().toString(), pair.distance(), pair.label(), pair.ofLabel());
        }
    }

    @JsonPropertyOrder({"accuracy", "accuracyInterval", "images"})
    private record Others(double accuracy, Interval accuracyInterval, int images) {
        static Others of(NearDuplicates found) {
            return new Others(
                    (double) found.othersRight() / found.others(),
                    Interval.wilson(found.othersRight(), found.others()),
                    found.others());
        }
    }
}
