// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static dev.sortline.evaluation.PageNumbers.number;
import static dev.sortline.evaluation.PageNumbers.percent;

import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.Template;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.ConfusionMatrix;
import dev.sortline.evaluation.figures.FamiliarityFigures;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.evaluation.figures.PurityThreshold;
import dev.sortline.evaluation.figures.RiskCoverage;
import dev.sortline.evaluation.likeness.NearDuplicate;
import dev.sortline.evaluation.likeness.NearDuplicates;
import dev.sortline.evaluation.likeness.SmallPicture;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The words and pictures that {@code evaluation.html}, the template, lays out; {@link EvaluationDrawings} has its geometry. The template's
 * engine escapes whatever it is given; labels and file names can hold anything.
 */
final class EvaluationPage {
    private static final int THUMBNAIL = 160;

    /** More pairs would make the page heavy and tell nothing new; the JSON has all. */
    private static final int MOST_PAIRS = 40;

    private final EvaluationReport report;
    private final Evaluation evaluation;

    private EvaluationPage(EvaluationReport report) {
        this.report = report;
        this.evaluation = report.evaluation();
    }

    static String render(EvaluationReport report) throws IOException {
        try (Reader source = new InputStreamReader(
                Objects.requireNonNull(EvaluationPage.class.getResourceAsStream("evaluation.html")),
                StandardCharsets.UTF_8)) {
            Template template = Mustache.compiler().compile(source);
            return template.execute(new EvaluationPage(report).view());
        }
    }

    private Map<String, Object> view() {
        Interval interval = evaluation.accuracyInterval();
        RiskCoverage.Point surest = evaluation.riskCoverage().at(0.9);
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("model", report.model());
        view.put("data", report.data());
        view.put("images", evaluation.images());
        view.put("right", evaluation.confusion().right());
        view.put("accuracy", percent(evaluation.accuracy()));
        view.put("accuracyLow", percent(interval.low()));
        view.put("accuracyHigh", percent(interval.high()));
        view.put("ece", percent(evaluation.calibration().ece()));
        view.put("bins", Calibration.BINS);
        view.put("surestCoverage", percent(surest.coverage()));
        view.put("surestAccuracy", percent(surest.accuracy()));
        view.put("surestThreshold", number(surest.threshold()));
        view.put("aurc", number(evaluation.riskCoverage().aurc()));
        view.put("purity", asList(evaluation.purityThreshold().map(EvaluationPage::purity)));
        view.put("labels", labels());
        view.put("columns", evaluation.confusion().labels());
        view.put("confusion", confusion());
        view.put("ticks", EvaluationDrawings.ticks());
        view.put("reliability", EvaluationDrawings.reliability(evaluation.calibration()));
        view.put("curve", EvaluationDrawings.curve(evaluation.riskCoverage()));
        view.put("familiarity", asList(evaluation.familiarity().map(EvaluationPage::familiarity)));
        view.put("falls", asList(EvaluationDrawings.falls(evaluation)));
        view.put("mistakes", mistakes());
        view.put("wrong", evaluation.images() - evaluation.confusion().right());
        view.put("duplicates", duplicates());
        return view;
    }

    private static Map<String, Object> purity(PurityThreshold least) {
        return Map.of(
                "threshold", number(least.threshold()),
                "images", least.images(),
                "purity", percent(least.purity()),
                "atLeast", percent(least.interval().low()),
                "recovery", percent(least.recovery()));
    }

    private static Map<String, Object> familiarity(FamiliarityFigures figures) {
        return Map.of(
                "aurc", number(figures.aurc()),
                "points", figures.points().stream().map(EvaluationPage::point).toList(),
                "unknown", asList(Optional.ofNullable(figures.unknown()).map(EvaluationPage::unknown)));
    }

    private static Map<String, Object> point(FamiliarityFigures.Point point) {
        @Nullable Double unknown = point.unknownKept();
        return Map.of(
                "least", number(point.least()),
                "kept", percent(point.kept()),
                "accuracy", percent(point.accuracy()),
                "unknownKept", unknown == null ? "–" : percent(unknown) + " %");
    }

    private static Map<String, Object> unknown(FamiliarityFigures.Unknown unknown) {
        return Map.of(
                "images", unknown.images(),
                "auroc", percent(unknown.auroc()),
                "keptAt95", percent(unknown.keptAt95()));
    }

    private List<Map<String, Object>> labels() {
        List<Map<String, Object>> rows = new ArrayList<>();
        evaluation
                .perLabel()
                .forEach((label, figures) -> rows.add(Map.of(
                        "label", label,
                        "pictures", evaluation.confusion().truths(label),
                        "precision", percent(figures.precision()),
                        "recall", percent(figures.recall()),
                        "f1", percent(figures.f1()),
                        "purity",
                                asList(Optional.ofNullable(
                                                evaluation.purityThresholds().get(label))
                                        .map(EvaluationPage::purity)))));
        return rows;
    }

    private List<Map<String, Object>> confusion() {
        ConfusionMatrix confusion = evaluation.confusion();
        return confusion.shownLabels().stream()
                .map(truth -> Map.of(
                        "truth",
                        truth,
                        "cells",
                        confusion.labels().stream()
                                .map(predicted -> cell(truth, predicted))
                                .toList()))
                .toList();
    }

    private Map<String, Object> cell(String truth, String predicted) {
        int count = evaluation.confusion().count(truth, predicted);
        double share = (double) count / evaluation.confusion().truths(truth);
        return Map.of(
                "count",
                count,
                "none",
                count == 0,
                "kind",
                truth.equals(predicted) ? "right" : "wrong",
                "tint",
                number(count == 0 ? 0 : 0.08 + 0.42 * share),
                "meaning",
                "%s %% of %s answered as %s".formatted(percent(share), truth, predicted));
    }

    private List<Map<String, Object>> mistakes() {
        List<Map<String, Object>> mistakes = new ArrayList<>();
        for (Prediction mistake : evaluation.worstMistakes()) {
            mistakes.add(Map.of(
                    "picture", picture(mistake.image()),
                    "truth", mistake.truth(),
                    "answer", mistake.predicted(),
                    "confidence", number(mistake.confidence()),
                    "truthProbability", number(mistake.truthProbability())));
        }
        return mistakes;
    }

    private List<Map<String, Object>> duplicates() {
        if (evaluation.nearDuplicates().isEmpty()) {
            return List.of();
        }
        NearDuplicates found = evaluation.nearDuplicates().get();
        List<Map<String, Object>> pairs = new ArrayList<>();
        for (NearDuplicate pair : found.pairs().stream().limit(MOST_PAIRS).toList()) {
            pairs.add(Map.of(
                    "image", picture(pair.image()),
                    "label", pair.label(),
                    "of", picture(pair.of()),
                    "ofLabel", pair.ofLabel(),
                    "distance", pair.distance(),
                    "labelsDiffer", pair.labelsDiffer()));
        }
        return List.of(Map.of(
                "any", !pairs.isEmpty(),
                "count", found.pairs().size(),
                "conflicts", asList(Optional.of(found.labelConflicts().size()).filter(count -> count > 0)),
                "unshown",
                        asList(Optional.of(found.pairs().size() - pairs.size()).filter(count -> count > 0)),
                "notCompared", asList(Optional.of(found.notCompared()).filter(count -> count > 0)),
                "others",
                        asList(Optional.of(found)
                                .filter(all -> all.others() > 0)
                                .map(EvaluationPage::others)),
                "pairs", pairs));
    }

    private static Map<String, Object> others(NearDuplicates found) {
        return Map.of(
                "images", found.others(),
                "accuracy", percent((double) found.othersRight() / found.others()));
    }

    private static Map<String, Object> picture(Path image) {
        Map<String, Object> picture = new LinkedHashMap<>();
        picture.put("name", image.getFileName());
        picture.put("path", image);
        picture.put("thumbnail", asList(thumbnail(image)));
        return picture;
    }

    /** Nothing for what the classifier can read and Java cannot, or what is gone by now: a report is not lost over it. */
    private static Optional<String> thumbnail(Path image) {
        try {
            return Optional.of(
                    Base64.getEncoder().encodeToString(SmallPicture.read(image).jpeg(THUMBNAIL)));
        } catch (IOException | UnreadableImageException e) {
            return Optional.empty();
        }
    }

    /** None or one: what a section of the template is shown for. */
    private static <T> List<T> asList(Optional<T> value) {
        return value.stream().toList();
    }
}
