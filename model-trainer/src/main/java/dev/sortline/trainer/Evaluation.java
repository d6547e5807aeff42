// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sortline.classifier.DecodedImage;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.ModelPackage;
import dev.sortline.classifier.UnreadableImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How often a classifier is right about labelled pictures.
 *
 * @param accuracy share of the pictures that were named rightly, 0..1
 * @param images pictures that could be read, at least 1
 * @param perLabel for each label that the pictures show, its figures
 * @param confusion what was taken for what
 */
@JsonPropertyOrder({"accuracy", "images", "perLabel"})
public record Evaluation(
        double accuracy, int images, Map<String, LabelFigures> perLabel, @JsonIgnore ConfusionMatrix confusion) {

    /** The file that {@link #write} makes. */
    public static final String REPORT_FILE = "evaluation.json";

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /**
     * Figures of one label.
     *
     * @param precision share of the pictures answered with the label that show it, 0..1; 0 where none was
     * @param recall share of the pictures showing the label that were answered with it, 0..1
     */
    @JsonPropertyOrder({"precision", "recall"})
    public record LabelFigures(double precision, double recall) {}

    /**
     * Reads and classifies every picture of some folders, one by one, by the same calls as the line.
     *
     * @throws TrainingInputException if a folder holds no pictures, none of them can be read, or a class folder's name is no label of the
     *     model
     * @throws IOException if the disk fails
     */
    public static Evaluation run(ImageClassifier classifier, List<Path> data, TrainingProgress progress)
            throws IOException {
        LabelledFolders folders = LabelledFolders.list(data);
        List<String> known = classifier.model().labels();
        for (String label : folders.labels()) {
            if (!known.contains(label)) {
                throw new TrainingInputException("%s has a folder %s, which is no label of %s: it knows %s"
                        .formatted(data, label, classifier.model(), known));
            }
        }
        ConfusionMatrix confusion = new ConfusionMatrix();
        progress.begin("evaluating", folders.images().size());
        try {
            for (LabelledImage image : folders.images()) {
                try (DecodedImage decoded = classifier.decode(Files.readAllBytes(image.file()))) {
                    confusion.add(image.label(), classifier.classify(decoded).label());
                } catch (UnreadableImageException e) {
                    progress.skipped(image.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        if (confusion.total() == 0) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(data));
        }
        return of(confusion);
    }

    /** The figures of answers that were collected already. */
    static Evaluation of(ConfusionMatrix confusion) {
        Map<String, LabelFigures> perLabel = new LinkedHashMap<>();
        for (String label : confusion.shownLabels()) {
            double right = confusion.count(label, label);
            perLabel.put(
                    label,
                    new LabelFigures(
                            confusion.answers(label) == 0 ? 0 : right / confusion.answers(label),
                            right / confusion.truths(label)));
        }
        return new Evaluation((double) confusion.right() / confusion.total(), confusion.total(), perLabel, confusion);
    }

    /** Writes {@link #REPORT_FILE} into a folder, which is made if it is not there. */
    public Path write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(REPORT_FILE);
        Files.writeString(file, JSON.writeValueAsString(this) + "\n");
        return file;
    }

    /** Puts these figures into the model's card, in the place of earlier ones on the same data. */
    public void addToCard(ModelPackage model, Path data) throws IOException {
        ModelCard.addEvaluation(model, data, this);
    }

    /** The figures as a table for a terminal: a row a label, then what it was taken for. */
    public String table() {
        List<String> columns = confusion.labels();
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, "%-12s %9s %9s %9s |", "label", "pictures", "precision", "recall"));
        columns.forEach(column -> table.append(String.format(Locale.ROOT, " %9.9s", column)));
        table.append('\n');
        perLabel.forEach((label, figures) -> {
            table.append(String.format(
                    Locale.ROOT,
                    "%-12.12s %9d %9.3f %9.3f |",
                    label,
                    confusion.truths(label),
                    figures.precision(),
                    figures.recall()));
            columns.forEach(column -> table.append(String.format(Locale.ROOT, " %9d", confusion.count(label, column))));
            table.append('\n');
        });
        return table.append(String.format(
                        Locale.ROOT, "accuracy %.4f: %d of %d pictures", accuracy, confusion.right(), images))
                .toString();
    }
}
