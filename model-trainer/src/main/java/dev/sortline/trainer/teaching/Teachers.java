// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.teaching;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import dev.sortline.classifier.network.TemperedSoftmax;
import dev.sortline.classifier.tensorflow.SavedNetwork;
import dev.sortline.trainer.progress.TrainingInputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Models that another one learns from, beside its labels (Hinton et al., "Distilling the Knowledge in a Neural Network", 2015). Their answer is
 * the mean of what each of them answers, calibrated. To be used by one thread at a time; holds native memory until {@link #close}.
 */
public final class Teachers implements AutoCloseable {
    private final List<Teacher> teachers;
    private final int labels;

    /**
     * @param places for each of the student's labels, where it stands in the teacher's answer
     */
    private record Teacher(ModelPackage model, SavedNetwork network, TemperedSoftmax softmax, List<Integer> places) {}

    private Teachers(List<Teacher> teachers, int labels) {
        this.teachers = teachers;
        this.labels = labels;
    }

    /**
     * Opens the teachers.
     *
     * @param packages may be none
     * @param labels the student's, each of which every teacher must know; what a teacher knows beyond them counts for nothing
     * @throws TrainingInputException names the package that cannot be used, and why
     */
    public static Teachers open(List<Path> packages, List<String> labels) {
        List<Teacher> opened = new ArrayList<>();
        Teachers teachers = new Teachers(opened, labels.size());
        try {
            for (Path folder : packages) {
                ModelPackage model = ModelPackage.load(folder);
                List<Integer> places = labels.stream()
                        .map(label -> {
                            int place = model.labels().indexOf(label);
                            if (place < 0) {
                                throw new TrainingInputException(
                                        "the teacher %s does not know the label %s: it knows %s"
                                                .formatted(folder, label, model.labels()));
                            }
                            return place;
                        })
                        .toList();
                ModelManifest manifest = model.manifest();
                opened.add(new Teacher(
                        model,
                        SavedNetwork.open(folder, manifest.inputSize()),
                        new TemperedSoftmax(manifest.output(), manifest.calibration()),
                        places));
            }
        } catch (ModelPackageException e) {
            teachers.close();
            throw new TrainingInputException(String.valueOf(e.getMessage()), e);
        } catch (TrainingInputException e) {
            teachers.close();
            throw e;
        }
        return teachers;
    }

    /** Whether there are none. */
    public boolean isEmpty() {
        return teachers.isEmpty();
    }

    /** How many labels an answer has. */
    int labels() {
        return labels;
    }

    /** Of all that their answers follow from. */
    public String digest() {
        return teachers.stream()
                .map(teacher -> teacher.model().manifest().digest() + " "
                        + teacher.model().manifest().temperature())
                .collect(Collectors.joining(" "));
    }

    /**
     * What they see on a shot; there must be at least one of them. Each shot is answered alone, for sums of float32 may depend on what else is in a batch.
     *
     * @return the mean of their probabilities, in the order of the student's labels, summing to 1
     */
    public float[] answer(Shot shot) {
        float[] mean = new float[labels];
        for (Teacher teacher : teachers) {
            ModelManifest manifest = teacher.model().manifest();
            float[] pixels = shot.paint(manifest.inputSize(), manifest.scaling());
            float[] all = teacher.softmax().probabilities(teacher.network().scores(pixels)[0], null);
            float known = 0;
            for (int place : teacher.places()) {
                known += all[place];
            }
            for (int label = 0; label < labels; label++) {
                mean[label] += all[teacher.places().get(label)] / known / teachers.size();
            }
        }
        return mean;
    }

    @Override
    public void close() {
        teachers.forEach(teacher -> teacher.network().close());
    }
}
