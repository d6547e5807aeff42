// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.util.Locale;

/** The part of a model card that tells what eight bits cost; renewed in its place. */
final class CardSection {
    private CardSection() {}

    static void put(QuantizedModel made) throws IOException {
        MarkedSection.put(
                made.model().folder().resolve(ModelPackage.CARD_FILE),
                made.model().toString(),
                "int8",
                "end of int8",
                section(made));
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
