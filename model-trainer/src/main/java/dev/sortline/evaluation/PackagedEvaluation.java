// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.ConfusionMatrix;
import dev.sortline.evaluation.figures.FamiliarityFigures;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.RiskCoverage;
import dev.sortline.trainer.writing.JsonReport;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The figures of one evaluation as they go with a model package, one file a folder of pictures, for those who show them beside the model.
 * The package's digest does not cover them.
 *
 * @param data what it was evaluated on, as it was named
 * @param pictures how many could be read
 * @param accuracy share that was named rightly, and where it lies on others of the kind with 95 %
 * @param ece expected calibration error, 0..1
 * @param perLabel figures of each label that the pictures show
 * @param confusion what was taken for what
 * @param reliability whether confidences are true, by confidence
 * @param riskCoverage what is right of the surest answers, a point a twentieth of the pictures
 * @param familiarity what leaving out what is not familiar does; absent where the model does not tell
 * @param corruptions how it fares as pictures get worse; absent where that was not looked at
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record PackagedEvaluation(
        String data,
        int pictures,
        Share accuracy,
        double ece,
        List<Label> perLabel,
        Confusion confusion,
        List<Bin> reliability,
        List<RiskCoverage.Point> riskCoverage,
        @Nullable FamiliarityFigures familiarity,
        List<Fall> corruptions) {
    private static final int TWENTIETHS = 20;

    /** A share, 0..1, and its interval. */
    record Share(double value, double low, double high) {}

    /** A label's figures, 0..1, with their intervals, and how many pictures show it. */
    record Label(
            String label,
            double precision,
            double recall,
            double f1,
            int pictures,
            @Nullable Interval precisionInterval,
            Interval recallInterval) {}

    /** How accuracy and calibration fall, by what the strength counts. */
    record Fall(String corruption, String strength, List<CorruptionCurve.Point> points) {
        static Fall of(CorruptionCurve curve) {
            return new Fall(curve.corruption().title(), curve.corruption().what(), curve.points());
        }
    }

    /** Pictures by what they show, a row a label, and what was answered, in the labels' order. */
    record Confusion(List<String> labels, List<List<Integer>> rows) {
        static Confusion of(ConfusionMatrix matrix) {
            List<String> labels = matrix.labels();
            return new Confusion(
                    labels,
                    labels.stream()
                            .map(truth -> labels.stream()
                                    .map(answer -> matrix.count(truth, answer))
                                    .toList())
                            .toList());
        }
    }

    /** The answers whose confidence is above {@code from} and at most {@code to}. */
    record Bin(double from, double to, double confidence, double accuracy, int pictures) {
        static Bin of(Calibration.Bin bin) {
            return new Bin(bin.from(), bin.to(), bin.confidence(), bin.accuracy(), bin.images());
        }
    }

    static PackagedEvaluation of(Path data, Evaluation evaluation) {
        Interval interval = evaluation.accuracyInterval();
        List<Label> perLabel = new ArrayList<>();
        evaluation
                .perLabel()
                .forEach((label, figures) -> perLabel.add(new Label(
                        label,
                        figures.precision(),
                        figures.recall(),
                        figures.f1(),
                        evaluation.confusion().truths(label),
                        figures.precisionInterval(),
                        figures.recallInterval())));
        return new PackagedEvaluation(
                data.toString(),
                evaluation.images(),
                new Share(evaluation.accuracy(), interval.low(), interval.high()),
                evaluation.calibration().ece(),
                perLabel,
                Confusion.of(evaluation.confusion()),
                evaluation.calibration().bins().stream().map(Bin::of).toList(),
                IntStream.rangeClosed(1, TWENTIETHS)
                        .mapToObj(twentieth -> evaluation.riskCoverage().at((double) twentieth / TWENTIETHS))
                        .distinct()
                        .toList(),
                evaluation.familiarity().orElse(null),
                evaluation.corruptions().stream().map(Fall::of).toList());
    }

    /**
     * Writes it into the package, in the place of an earlier one on the same data.
     *
     * @return the file
     */
    static Path put(ModelPackage model, Path data, Evaluation evaluation) throws IOException {
        Path folder = model.folder().resolve(ModelPackage.EVALUATIONS_FOLDER);
        Files.createDirectories(folder);
        Path file = folder.resolve(fileName(data));
        WholeFile.write(file, JsonReport.text(of(data, evaluation)));
        return file;
    }

    /** Made of the whole way to the data, for many folders are called {@code val}; its steps up and what no file name can hold are left out. */
    static String fileName(Path data) {
        String name = data.toString().replaceAll("[^A-Za-z0-9_.]+", "-").replaceAll("(^|-)\\.+(?=-|$)", "$1");
        String safe = name.replaceAll("-{2,}", "-").replaceAll("^[-.]+|[-.]+$", "");
        return (safe.isEmpty() ? "pictures" : safe) + ".json";
    }
}
