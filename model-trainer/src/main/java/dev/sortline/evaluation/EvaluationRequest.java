// SPDX-License-Identifier: Apache-2.0
package dev.sortline.evaluation;

import dev.sortline.trainer.pictures.LabelledFolders;
import dev.sortline.trainer.progress.TrainingInputException;
import java.nio.file.Path;
import java.util.List;

/**
 * What to evaluate a model on.
 *
 * @param data folders of labelled pictures, at least one
 * @param labels class folders of them that count; empty for all
 * @param trainedOn the folders that the model learned from; may be none, then nothing is compared
 * @param unknown folders of class folders with things that are no label of the model; may be none. Class folders that are labels of it are left out
 * @param corruptions whether to look at the same pictures soiled, blurred by motion and dark, too
 */
public record EvaluationRequest(
        List<Path> data, List<String> labels, List<Path> trainedOn, List<Path> unknown, boolean corruptions) {
    public EvaluationRequest {
        data = List.copyOf(data);
        labels = List.copyOf(labels);
        trainedOn = List.copyOf(trainedOn);
        unknown = List.copyOf(unknown);
    }

    /** All pictures of some folders, and nothing else. */
    public static EvaluationRequest of(List<Path> data) {
        return new EvaluationRequest(data, List.of(), List.of(), List.of(), false);
    }

    LabelledFolders pictures() {
        LabelledFolders all = LabelledFolders.list(data);
        for (String label : labels) {
            if (!all.labels().contains(label)) {
                throw new TrainingInputException(
                        "%s has no folder %s to look at: it has %s".formatted(data, label, all.labels()));
            }
        }
        return labels.isEmpty() ? all : all.only(labels);
    }
}
