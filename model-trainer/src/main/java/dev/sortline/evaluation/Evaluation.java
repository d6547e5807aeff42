// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.evaluation.corruption.CorruptionCurve;
import dev.sortline.evaluation.figures.Calibration;
import dev.sortline.evaluation.figures.ConfusionMatrix;
import dev.sortline.evaluation.figures.FamiliarityFigures;
import dev.sortline.evaluation.figures.Interval;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.evaluation.figures.PurityThreshold;
import dev.sortline.evaluation.figures.RiskCoverage;
import dev.sortline.evaluation.likeness.NearDuplicates;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.writing.TextTable;
import dev.sortline.trainer.writing.TextTable.Column;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How often a classifier is right about labelled pictures, and whether it knows when it is not.
 *
 * @param confusion what was taken for what, of at least one picture
 * @param perLabel for each label that the pictures show, its figures
 * @param calibration whether confidences are true
 * @param riskCoverage how much better the model is where it may keep silent
 * @param purityThreshold from which confidence on all answers together are 99 % pure; empty where none does it
 * @param purityThresholds the same for the answers of each label; without those where none does it
 * @param worstMistakes at most {@value #WORST}: the wrong answers with the highest confidence, that first
 * @param nearDuplicates pictures that look like one that was trained on; empty where nothing was compared
 * @param familiarity what leaving out what is not familiar does; empty where the model does not tell
 * @param corruptions how it fares as pictures get worse, a curve a kind; none where that was not looked at
 */
public record Evaluation(
        ConfusionMatrix confusion,
        Map<String, LabelFigures> perLabel,
        Calibration calibration,
        RiskCoverage riskCoverage,
        Optional<PurityThreshold> purityThreshold,
        Map<String, PurityThreshold> purityThresholds,
        List<Prediction> worstMistakes,
        Optional<NearDuplicates> nearDuplicates,
        Optional<FamiliarityFigures> familiarity,
        List<CorruptionCurve> corruptions) {
    private static final int WORST = 20;

    public Evaluation {
        perLabel = Collections.unmodifiableMap(new LinkedHashMap<>(perLabel));
        purityThresholds = Collections.unmodifiableMap(new LinkedHashMap<>(purityThresholds));
        worstMistakes = List.copyOf(worstMistakes);
        corruptions = List.copyOf(corruptions);
        if (confusion.total() == 0) {
            throw new IllegalArgumentException("an evaluation needs at least one picture");
        }
    }

    /**
     * Figures of one label.
     *
     * @param precision share of the pictures answered with the label that show it, 0..1; 0 where none was
     * @param recall share of the pictures showing the label that were answered with it, 0..1
     * @param f1 harmonic mean of the two, 0..1; 0 where both are
     * @param precisionInterval where the precision lies on other pictures of the kind, with 95 %; absent where nothing was answered with the label
     * @param recallInterval where the recall lies on them
     */
    public record LabelFigures(
            double precision, double recall, double f1, @Nullable Interval precisionInterval, Interval recallInterval) {
        static LabelFigures of(String label, ConfusionMatrix confusion) {
            int right = confusion.count(label, label);
            int predictions = confusion.predictions(label);
            int truths = confusion.truths(label);
            return new LabelFigures(
                    predictions == 0 ? 0 : (double) right / predictions,
                    (double) right / truths,
                    2.0 * right / (predictions + truths),
                    predictions == 0 ? null : Interval.wilson(right, predictions),
                    Interval.wilson(right, truths));
        }
    }

    /** As {@link #run(ImageClassifier, EvaluationRequest, ProgressListener)}, of these folders alone. */
    public static Evaluation run(ImageClassifier classifier, List<Path> data, ProgressListener progress)
            throws IOException {
        return run(classifier, EvaluationRequest.of(data), progress);
    }

    /**
     * Reads and classifies every picture of some folders, one by one, by the same calls as the line, then looks for pictures that look like
     * one that was trained on, and at what else is asked for.
     *
     * @throws TrainingInputException if a folder holds no pictures, none of the data can be read, or a class folder's name there is no label of
     *     the model
     * @throws IOException if the disk fails
     */
    public static Evaluation run(ImageClassifier classifier, EvaluationRequest request, ProgressListener progress)
            throws IOException {
        List<Path> data = request.data();
        List<Path> unknown = request.unknown();
        LabelledFolders folders = request.pictures();
        LabelledFolders known = LabelledFolders.list(request.trainedOn());
        LabelledFolders strangers = LabelledFolders.list(unknown);
        List<String> labels = classifier.model().labels();
        for (String label : folders.labels()) {
            if (!labels.contains(label)) {
                throw new TrainingInputException("%s has a folder %s, which is no label of %s: it knows %s"
                        .formatted(data, label, classifier.model(), labels));
            }
        }
        if (!unknown.isEmpty() && classifier.model().manifest().familiarity().isEmpty()) {
            throw new TrainingInputException(
                    "%s does not tell how familiar a picture is: leave out unknown things, or run sortline model familiarize"
                            .formatted(classifier.model()));
        }
        List<Prediction> predictions = ask(classifier, folders, "evaluating", progress);
        if (predictions.isEmpty()) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(data));
        }
        return of(
                predictions,
                familiarities(classifier, strangers, progress),
                request.trainedOn().isEmpty()
                        ? Optional.empty()
                        : Optional.of(NearDuplicates.find(predictions, known, progress)),
                request.corruptions() ? CorruptionCurve.measure(classifier, folders, progress) : List.of());
    }

    /**
     * What a classifier says of labelled pictures, one after the other; those that cannot be read are told and left out.
     *
     * @param folders whose labels the classifier knows
     * @param stage what the progress is called
     */
    public static List<Prediction> ask(
            ImageClassifier classifier, LabelledFolders folders, String stage, ProgressListener progress)
            throws IOException {
        List<Prediction> predictions = new ArrayList<>();
        progress.begin(stage, folders.pictures().size());
        try {
            for (LabelledPicture labelled : folders.pictures()) {
                try (DecodedImage decoded = classifier.decode(Files.readAllBytes(labelled.file()))) {
                    Classification seen = classifier.classify(decoded);
                    predictions.add(new Prediction(
                            labelled.file(),
                            labelled.label(),
                            seen.label(),
                            seen.confidence(),
                            Objects.requireNonNull(seen.byLabel().get(labelled.label())),
                            seen.familiarity()));
                } catch (UnreadableImageException e) {
                    progress.skipped(labelled.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        return predictions;
    }

    /** How familiar unknown things are. */
    private static List<Double> familiarities(
            ImageClassifier classifier, LabelledFolders folders, ProgressListener progress) throws IOException {
        List<Double> all = new ArrayList<>();
        List<LabelledPicture> unknown = folders.pictures().stream()
                .filter(picture -> !classifier.model().labels().contains(picture.label()))
                .toList();
        if (unknown.isEmpty()) {
            return all;
        }
        progress.begin("looking at unknown things", unknown.size());
        try {
            for (LabelledPicture picture : unknown) {
                try (DecodedImage decoded = classifier.decode(Files.readAllBytes(picture.file()))) {
                    all.add(Objects.requireNonNull(classifier.classify(decoded).familiarity()));
                } catch (UnreadableImageException e) {
                    progress.skipped(picture.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        return all;
    }

    /**
     * The figures of answers that were collected already.
     *
     * @param predictions at least one
     * @param unknown familiarities of unknown things; may be none
     */
    static Evaluation of(
            List<Prediction> predictions,
            List<Double> unknown,
            Optional<NearDuplicates> nearDuplicates,
            List<CorruptionCurve> corruptions) {
        ConfusionMatrix confusion = ConfusionMatrix.of(predictions);
        Map<String, LabelFigures> perLabel = new LinkedHashMap<>();
        Map<String, PurityThreshold> purityThresholds = new LinkedHashMap<>();
        for (String label : confusion.shownLabels()) {
            perLabel.put(label, LabelFigures.of(label, confusion));
            PurityThreshold.of(
                            predictions.stream()
                                    .filter(prediction -> prediction.predicted().equals(label))
                                    .toList(),
                            confusion.truths(label))
                    .ifPresent(threshold -> purityThresholds.put(label, threshold));
        }
        return new Evaluation(
                confusion,
                perLabel,
                Calibration.of(predictions),
                RiskCoverage.of(predictions),
                PurityThreshold.of(predictions, predictions.size()),
                purityThresholds,
                RiskCoverage.surestFirst(predictions).stream()
                        .filter(prediction -> !prediction.right())
                        .limit(WORST)
                        .toList(),
                nearDuplicates,
                FamiliarityFigures.of(predictions, unknown),
                corruptions);
    }

    /** Share of the pictures that were named rightly, 0..1. */
    public double accuracy() {
        return (double) confusion.right() / confusion.total();
    }

    /** Where the accuracy lies on other pictures of the kind, with 95 %. */
    public Interval accuracyInterval() {
        return Interval.wilson(confusion.right(), confusion.total());
    }

    /** Pictures that could be read, at least 1. */
    public int images() {
        return confusion.total();
    }

    /** Puts these figures into the model's card, in the place of earlier ones on the same data. */
    public void addToCard(ModelPackage model, Path data) throws IOException {
        CardSection.put(model, data, this);
    }

    /**
     * Puts these figures into the package's folder {@value ModelPackage#EVALUATIONS_FOLDER}, as JSON, in the place of earlier ones on the same data.
     *
     * @return the file
     * @throws IOException if the disk fails
     */
    public Path addToPackage(ModelPackage model, Path data) throws IOException {
        return PackagedEvaluation.put(model, data, this);
    }

    /** The figures as a table for a terminal: a row a label, then what it was taken for, then a line a figure. */
    public String table() {
        List<String> answered = confusion.labels();
        List<Column> columns = new ArrayList<>(List.of(
                Column.left(12).cutting(),
                Column.right(9),
                Column.right(9),
                Column.right(9),
                Column.right(9),
                Column.left(1)));
        answered.forEach(label -> columns.add(Column.right(9).cutting()));
        TextTable rows = TextTable.of(columns);
        StringBuilder table =
                new StringBuilder(row(rows, List.of("label", "pictures", "precision", "recall", "f1", "|"), answered));
        perLabel.forEach((label, figures) -> table.append(row(
                rows,
                List.of(
                        label,
                        String.valueOf(confusion.truths(label)),
                        share(figures.precision()),
                        share(figures.recall()),
                        share(figures.f1()),
                        "|"),
                answered.stream()
                        .map(other -> String.valueOf(confusion.count(label, other)))
                        .toList())));
        Interval interval = accuracyInterval();
        RiskCoverage.Point surest = riskCoverage.at(0.9);
        return table.append(String.format(
                        Locale.ROOT,
                        """
                        accuracy %.4f: %d of %d pictures, 95 %% interval %.3f to %.3f
                        accuracy %.4f on the %.1f %% of the pictures that it is surest of, from confidence %.3f on
                        calibration error (ECE) %.4f
                        """,
                        accuracy(),
                        confusion.right(),
                        images(),
                        interval.low(),
                        interval.high(),
                        surest.accuracy(),
                        100 * surest.coverage(),
                        surest.threshold(),
                        calibration.ece()))
                .append(purityThreshold
                        .map(least -> String.format(
                                Locale.ROOT,
                                "99 %% purity from confidence %.3f on: rests on %d pictures",
                                least.threshold(),
                                least.images()))
                        .orElse("99 % purity at no confidence"))
                .append(familiarity.map(Evaluation::told).orElse(""))
                .append(corruptions.stream().map(Evaluation::told).collect(Collectors.joining()))
                .toString();
    }

    private static String told(CorruptionCurve curve) {
        StringBuilder told = new StringBuilder();
        for (CorruptionCurve.Point point : curve.points()) {
            told.append(String.format(
                    Locale.ROOT,
                    "\naccuracy %.4f, calibration error (ECE) %.4f with %s",
                    point.accuracy(),
                    point.ece(),
                    curve.corruption().told(point.strength())));
        }
        return told.toString();
    }

    private static String told(FamiliarityFigures figures) {
        StringBuilder told = new StringBuilder();
        for (FamiliarityFigures.Point point : figures.points()) {
            told.append(String.format(
                    Locale.ROOT,
                    "\nleastFamiliarity %.2f keeps %.1f %% of the pictures, of which %.1f %% are right",
                    point.least(),
                    100 * point.kept(),
                    100 * point.accuracy()));
            if (point.unknownKept() != null) {
                told.append(String.format(
                        Locale.ROOT, ", and %.1f %% of those of unknown things", 100 * point.unknownKept()));
            }
        }
        if (figures.unknown() != null) {
            told.append(String.format(
                    Locale.ROOT,
                    "\n%d pictures of unknown things: a known one is more familiar in %.1f %% of all pairs (AUROC); where 95 %% of the known"
                            + " are kept, %.1f %% of the unknown are",
                    figures.unknown().images(),
                    100 * figures.unknown().auroc(),
                    100 * figures.unknown().keptAt95()));
        }
        return told.toString();
    }

    private static String row(TextTable table, List<String> figures, List<String> counts) {
        return table.row(Stream.concat(figures.stream(), counts.stream()).toList()) + "\n";
    }

    private static String share(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
