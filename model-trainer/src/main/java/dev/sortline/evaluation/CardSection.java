// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import static java.util.stream.Collectors.joining;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.FamiliarityFigures;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.RiskCoverage;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The part of a model card that tells of one evaluation: one a folder of pictures, renewed in its place. */
final class CardSection {
    /** Shares of the pictures. */
    private static final List<Double> ANSWERED = List.of(1.0, 0.95, 0.9, 0.8, 0.7, 0.5);

    private CardSection() {}

    static void put(ModelPackage model, Path data, Evaluation evaluation) throws IOException {
        MarkedSection.put(
                model.folder().resolve(ModelPackage.CARD_FILE),
                model.toString(),
                begin(data),
                end(data),
                section(data, evaluation));
    }

    static String put(String card, Path data, Evaluation evaluation) {
        return MarkedSection.put(card, begin(data), end(data), section(data, evaluation));
    }

    private static String begin(Path data) {
        return "evaluation of " + data;
    }

    private static String end(Path data) {
        return "end of " + data;
    }

    private static String section(Path data, Evaluation evaluation) {
        Interval interval = evaluation.accuracyInterval();
        RiskCoverage.Point surest = evaluation.riskCoverage().at(0.9);
        StringBuilder section = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ### `%s`: %.1f %% of %d pictures

                With 95 %% confidence between %.1f and %.1f %%. On the %.1f %% of the pictures that it is surest of (confidence %.3f or more) \
                %.1f %% are right. Calibration error (ECE) %.3f.
                """,
                data,
                100 * evaluation.accuracy(),
                evaluation.images(),
                100 * interval.low(),
                100 * interval.high(),
                100 * surest.coverage(),
                surest.threshold(),
                100 * surest.accuracy(),
                evaluation.calibration().ece()));
        evaluation
                .nearDuplicates()
                .filter(found -> !found.pairs().isEmpty())
                .ifPresent(found -> section.append(String.format(
                        Locale.ROOT,
                        "%d of the pictures look like one that was trained on; of the other %d, %d are right.\n",
                        found.pairs().size(),
                        found.others(),
                        found.othersRight())));
        evaluation.familiarity().ifPresent(figures -> section.append(familiarity(figures)));
        section.append(answered(evaluation.riskCoverage()));
        section.append(
                "\n| label | precision | with 95 % | recall | with 95 % | F1 | pictures |\n|---|---|---|---|---|---|---|\n");
        evaluation
                .perLabel()
                .forEach((label, figures) -> section.append(String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %s | %.3f | %s | %.3f | %d |\n",
                        label,
                        figures.precision(),
                        told(figures.precisionInterval()),
                        figures.recall(),
                        told(figures.recallInterval()),
                        figures.f1(),
                        evaluation.confusion().truths(label))));
        evaluation.corruptions().forEach(curve -> section.append(fall(curve, evaluation)));
        return section.append('\n').toString();
    }

    /** What is right of the surest answers. */
    private static String answered(RiskCoverage riskCoverage) {
        List<RiskCoverage.Point> points =
                ANSWERED.stream().map(riskCoverage::at).distinct().toList();
        return "\n| answered, the surest first |"
                + points.stream()
                        .map(point -> cell(" %.0f %% |", 100 * point.coverage()))
                        .collect(joining())
                + "\n|---|"
                + "---|".repeat(points.size())
                + "\n| of these right |"
                + points.stream()
                        .map(point -> cell(" %.1f %% |", 100 * point.accuracy()))
                        .collect(joining())
                + "\n| confidence from |"
                + points.stream()
                        .map(point -> cell(" %.3f |", point.threshold()))
                        .collect(joining())
                + "\n";
    }

    /** How it falls as pictures get worse. */
    private static String fall(CorruptionCurve curve, Evaluation evaluation) {
        return "\n| %s |".formatted(curve.corruption().what())
                + cell(" %.0f |", 0)
                + curve.points().stream()
                        .map(point -> cell(" %.0f |", point.strength()))
                        .collect(joining())
                + "\n|---|"
                + "---|".repeat(1 + curve.points().size())
                + "\n| right |"
                + cell(" %.1f %% |", 100 * evaluation.accuracy())
                + curve.points().stream()
                        .map(point -> cell(" %.1f %% |", 100 * point.accuracy()))
                        .collect(joining())
                + "\n| calibration error (ECE) |"
                + cell(" %.3f |", evaluation.calibration().ece())
                + curve.points().stream()
                        .map(point -> cell(" %.3f |", point.ece()))
                        .collect(joining())
                + "\n";
    }

    private static String cell(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private static String told(@Nullable Interval interval) {
        return interval == null ? "" : String.format(Locale.ROOT, "%.3f to %.3f", interval.low(), interval.high());
    }

    private static String familiarity(FamiliarityFigures figures) {
        FamiliarityFigures.Point usual = figures.points().stream()
                .filter(point -> point.least() == FamiliarityFigures.USUAL)
                .findFirst()
                .orElseThrow();
        StringBuilder told = new StringBuilder(String.format(
                Locale.ROOT,
                "`leastFamiliarity` %.2f keeps %.1f %% of the pictures, of which %.1f %% are right",
                usual.least(),
                100 * usual.kept(),
                100 * usual.accuracy()));
        if (figures.unknown() != null && usual.unknownKept() != null) {
            told.append(String.format(
                    Locale.ROOT,
                    ", and %.1f %% of %d pictures of unknown things (AUROC %.3f)",
                    100 * usual.unknownKept(),
                    figures.unknown().images(),
                    figures.unknown().auroc()));
        }
        return told.append(".\n").toString();
    }
}
