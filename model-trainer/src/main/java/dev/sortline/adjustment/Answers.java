// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.Classification;
import dev.sortline.classifier.ImageClassifier;
import dev.sortline.classifier.image.DecodedImage;
import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.Temperature;
import dev.sortline.classifier.network.TemperedSoftmax;
import dev.sortline.evaluation.figures.Prediction;
import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.pictures.LabelledPicture;
import dev.sortline.trainer.progress.ProgressListener;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * What a model says of a folder of labelled pictures.
 *
 * @param folder where they are
 * @param pictures those that could be read, at least one
 * @param labels of the model
 * @param logits a row a picture, up to what is the same for all labels of it
 * @param familiarities of the pictures, 0..1; absent where the model does not tell
 */
record Answers(
        Path folder,
        List<LabelledPicture> pictures,
        List<String> labels,
        List<double[]> logits,
        List<@Nullable Double> familiarities) {
    private static final double LEAST_PROBABILITY = 1e-12;

    /**
     * Asks, by the same calls as the line; pictures that cannot be read are told and left out.
     *
     * @throws TrainingInputException if a class folder is no label of the model, or no picture can be read
     */
    static Answers ask(ImageClassifier classifier, Path folder, ProgressListener progress) throws IOException {
        ModelPackage model = classifier.model();
        Answers answers = new Answers(folder, new ArrayList<>(), model.labels(), new ArrayList<>(), new ArrayList<>());
        LabelledFolders folders = pictures(folder, model);
        progress.begin("asking about " + folder, folders.pictures().size());
        try {
            for (LabelledPicture labelled : folders.pictures()) {
                try (DecodedImage decoded = classifier.decode(Files.readAllBytes(labelled.file()))) {
                    Classification seen = classifier.classify(decoded);
                    answers.pictures.add(labelled);
                    answers.logits.add(logits(seen, model));
                    answers.familiarities.add(seen.familiarity());
                } catch (UnreadableImageException e) {
                    progress.skipped(labelled.file(), e.getMessage());
                }
                progress.step("");
            }
        } finally {
            progress.end();
        }
        if (answers.pictures.isEmpty()) {
            throw new TrainingInputException("none of the images in %s can be read".formatted(folder));
        }
        return answers;
    }

    /** For each picture the index of its label. */
    List<Integer> truths() {
        return pictures.stream().map(picture -> labels.indexOf(picture.label())).toList();
    }

    /** The same with a number taken from the logits of some labels. */
    Answers heldBack(Set<Integer> some, double bias) {
        return new Answers(
                folder,
                pictures,
                labels,
                logits.stream().map(row -> LabelBias.taken(row, some, bias)).toList(),
                familiarities);
    }

    /** The logits, divided by the temperature that goes with each picture. */
    List<double[]> tempered(Temperature temperature) {
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < logits.size(); i++) {
            double divisor = temperature.at(familiarities.get(i));
            rows.add(
                    DoubleStream.of(logits.get(i)).map(logit -> logit / divisor).toArray());
        }
        return rows;
    }

    /** What the model would answer with other temperatures. */
    List<Prediction> predictions(Temperature temperature) {
        List<Prediction> predictions = new ArrayList<>();
        for (int i = 0; i < logits.size(); i++) {
            LabelledPicture picture = pictures.get(i);
            float[] scores = new float[labels.size()];
            for (int label = 0; label < scores.length; label++) {
                scores[label] = (float) logits.get(i)[label];
            }
            float[] probabilities =
                    new TemperedSoftmax(NetworkOutput.LOGITS, temperature).probabilities(scores, familiarities.get(i));
            int best = 0;
            for (int label = 1; label < probabilities.length; label++) {
                best = probabilities[label] > probabilities[best] ? label : best;
            }
            predictions.add(new Prediction(
                    picture.file(),
                    picture.label(),
                    labels.get(best),
                    probabilities[best],
                    probabilities[labels.indexOf(picture.label())]));
        }
        return predictions;
    }

    private static LabelledFolders pictures(Path folder, ModelPackage model) {
        LabelledFolders folders = LabelledFolders.list(List.of(folder));
        for (String label : folders.labels()) {
            if (!model.labels().contains(label)) {
                throw new TrainingInputException("%s has a folder %s, which is no label of %s: it knows %s"
                        .formatted(folder, label, model, model.labels()));
            }
        }
        return folders;
    }

    private static double[] logits(Classification seen, ModelPackage model) {
        float[] probabilities = seen.probabilities();
        double temperature = model.manifest().calibration().at(seen.familiarity());
        double[] logits = new double[probabilities.length];
        for (int label = 0; label < logits.length; label++) {
            logits[label] = temperature * Math.log(Math.max(LEAST_PROBABILITY, probabilities[label]));
        }
        return logits;
    }
}
