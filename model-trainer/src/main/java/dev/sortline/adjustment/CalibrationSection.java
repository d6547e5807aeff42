// SPDX-License-Identifier: Apache-2.0
package dev.sortline.adjustment;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.Temperature;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;

/** The part of a model card that tells by what its confidences were made true; renewed in its place. */
final class CalibrationSection {
    private CalibrationSection() {}

    static void put(CalibratedModel calibrated) throws IOException {
        Path file = calibrated.model().folder().resolve(ModelPackage.CARD_FILE);
        MarkedSection.put(
                file, calibrated.model().toString(), "calibration", "end of calibration", section(calibrated));
    }

    private static String section(CalibratedModel calibrated) {
        Temperature temperature = calibrated.model().manifest().calibration();
        return String.format(
                Locale.ROOT,
                """
                ## Calibration

                Logits are divided by %s where a picture is as familiar as can be (familiarity 1), by %s where it is strange (0), and in between by what lies \
                between the inverses of the two. They were fitted on these folders together (`sortline model calibrate`), which count alike. Calibration error (ECE):

                | folder | pictures | right | before | with one temperature | with two |
                |---|---|---|---|---|---|
                %s%s
                """,
                temperature.familiar(),
                temperature.strange(),
                row(calibrated.validation()),
                row(calibrated.shifted()));
    }

    private static String row(CalibratedModel.Figures figures) {
        return String.format(
                Locale.ROOT,
                "| `%s` | %d | %.1f %% | %.3f | %.3f | %.3f |\n",
                figures.folder(),
                figures.pictures(),
                100 * figures.accuracy(),
                figures.before(),
                figures.single(),
                figures.after());
    }
}
