// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.progress.TrainingInputException;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the card of a round ends with: the notes that were given, else those of the base's card, told as such. Its licences and weaknesses go on, its
 * figures are of the base.
 */
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
        String notes = Files.exists(card) ? MarkedSection.notes(Files.readString(card)) : "";
        return notes.isEmpty()
                ? ""
                : "What follows was written of %s, with which the round began. Data, licences and weaknesses go on; figures are that model's.\n\n%s"
                        .formatted(base, notes);
    }
}
