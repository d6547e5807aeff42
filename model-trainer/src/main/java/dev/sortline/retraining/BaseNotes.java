// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the card of a round ends with: the notes that were given, else those of the base's card, for its licences and weaknesses go on. */
final class BaseNotes {
    private BaseNotes() {}

    /** @throws TrainingInputException if notes were given and cannot be read */
    static String of(RetrainingRequest request, ModelPackage base) throws IOException {
        if (request.notes().isPresent()) {
            Path file = request.notes().get();
            try {
                return Files.readString(file);
            } catch (IOException e) {
                throw new TrainingInputException(
                        "cannot read the notes for the model card, " + file + ": " + e.getMessage(), e);
            }
        }
        Path card = base.folder().resolve(ModelPackage.CARD_FILE);
        return Files.exists(card) ? MarkedSection.notes(Files.readString(card)) : "";
    }
}
