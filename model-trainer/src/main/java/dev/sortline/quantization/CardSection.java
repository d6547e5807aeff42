// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.writing.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The part of a model card that tells what eight bits cost; renewed in its place. */
final class CardSection {
    private static final String BEGIN = "<!-- int8 -->\n";
    private static final String END = "<!-- end of int8 -->\n\n";
    /** What a person wrote stands last. */
    private static final String NOTES = "<!-- notes -->\n";

    private CardSection() {}

    static void put(QuantizedModel made) throws IOException {
        Path file = made.model().folder().resolve(ModelPackage.CARD_FILE);
        String card = Files.exists(file) ? Files.readString(file) : "# " + made.model() + "\n\n" + NOTES;
        WholeFile.write(file, put(card, made));
    }

    static String put(String card, QuantizedModel made) {
        String section = BEGIN + section(made) + END;
        int from = card.indexOf(BEGIN);
        int to = card.indexOf(END);
        if (from >= 0 && to > from) {
            return card.substring(0, from) + section + card.substring(to + END.length());
        }
        if (card.contains(NOTES)) {
            return card.replace(NOTES, section + NOTES);
        }
        return card.stripTrailing() + "\n\n" + section;
    }

    private static String section(QuantizedModel made) {
        return String.format(
                Locale.ROOT,
                """
                ## Eight bits

                `%s` is the same network with weights and activations of eight bits (`sortline model quantize`), %.1f MB; the last %s. \
                On the %d pictures of `%s` it names the same label as float32 on %.1f %%.

                | numbers | accuracy | calibration error (ECE) |
                |---|---|---|
                | float32 | %.1f %% | %.3f |
                | int8 | %.1f %% | %.3f |

                """,
                ModelPackage.INT8_FILE,
                made.bytes() / 1e6,
                made.finer() == 1 ? "layer stays in float32" : made.finer() + " layers stay in float32",
                made.pictures(),
                made.validation(),
                100 * made.agreement(),
                100 * made.before().accuracy(),
                made.before().ece(),
                100 * made.after().accuracy(),
                made.after().ece());
    }
}
