// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.figures.FamiliarityFigures;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.RiskCoverage;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The part of a model card that tells of one evaluation: one a folder of pictures, renewed in its place. */
final class CardSection {
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
        section.append("\n| label | precision | recall | F1 | pictures |\n|---|---|---|---|---|\n");
        evaluation
                .perLabel()
                .forEach((label, figures) -> section.append(String.format(
                        Locale.ROOT,
                        "| %s | %.3f | %.3f | %.3f | %d |\n",
                        label,
                        figures.precision(),
                        figures.recall(),
                        figures.f1(),
                        evaluation.confusion().truths(label))));
        return section.append('\n').toString();
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
