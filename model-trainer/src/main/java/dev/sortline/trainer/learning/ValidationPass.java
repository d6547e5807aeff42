// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.learning;

import dev.sortline.classifier.image.UnreadableImageException;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.augmentation.Augmentation;
import dev.sortline.trainer.augmentation.AugmentationPainter;
import dev.sortline.trainer.pictures.Picture;
import dev.sortline.trainer.pictures.PictureReader;
import dev.sortline.trainer.pictures.TrainingSet;
import dev.sortline.trainer.progress.TrainingInputException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows a network the pictures that it does not learn from, each as it is: what the classifier sees in service. */
final class ValidationPass {
    private final TrainingSet set;
    private final PixelScaling scaling;
    private final int size;
    private final int batch;
    private final PictureReader reader;

    ValidationPass(TrainingSet set, PixelScaling scaling, Recipe recipe, PictureReader reader) {
        this.set = set;
        this.scaling = scaling;
        this.size = recipe.inputSize();
        this.batch = recipe.batch();
        this.reader = reader;
    }

    /** Share of the pictures that the averaged weights name rightly, 0..1. */
    double accuracy(NetworkTraining training) throws IOException {
        return Validation.accuracy(logits(training), set.truths());
    }

    /** What the averaged weights do on the pictures, with the temperature that fits them. */
    Validation validate(NetworkTraining training) throws IOException {
        return Validation.of(logits(training), set.truths());
    }

    List<double[]> logits(NetworkTraining training) throws IOException {
        List<double[]> logits = new ArrayList<>();
        try (AugmentationPainter painter = new AugmentationPainter()) {
            for (int from = 0; from < set.size(); from += batch) {
                int count = Math.min(batch, set.size() - from);
                float[] pixels = new float[count * size * size * 3];
                for (int i = 0; i < count; i++) {
                    Picture picture = reader.read(set.pictures().get(from + i).file());
                    int offset = i * size * size * 3;
                    painter.paintInto(pixels, offset, scaling, picture, Optional.empty(), Augmentation.PLAIN, size, 0);
                }
                logits.addAll(training.logits(pixels, count, size));
            }
        } catch (UnreadableImageException e) {
            throw new TrainingInputException(
                    "a picture for validation could be read before and cannot now: leave the data alone while it is used",
                    e);
        }
        return logits;
    }
}
