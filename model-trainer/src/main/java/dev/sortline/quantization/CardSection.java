// SPDX-License-Identifier: Apache-2.0
package dev.sortline.quantization;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.trainer.writing.MarkedSection;
import java.io.IOException;
import java.util.Locale;
import java.util.stream.Collectors;

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
        StringBuilder section = new StringBuilder(String.format(
                Locale.ROOT,
                """
                ## Eight bits

                %s: the same network with weights and activations of eight bits (`sortline model quantize`); the last %s. \
                Of the %d pictures of `%s`:

                | numbers | accuracy | calibration error (ECE) | the same label as float32 |
                |---|---|---|---|
                | float32 | %.1f %% | %.3f | |
                """,
                made.forms().stream()
                        .map(form -> String.format(Locale.ROOT, "`%s`, %.1f MB", form.file(), form.bytes() / 1e6))
                        .collect(Collectors.joining("; ")),
                made.finer() == 1 ? "layer stays in float32" : made.finer() + " layers stay in float32",
                made.pictures(),
                made.validation(),
                100 * made.before().accuracy(),
                made.before().ece()));
        for (QuantizedModel.Form form : made.forms()) {
            section.append(String.format(
                    Locale.ROOT,
                    "| int8 by %s | %.1f %% | %.3f | %.1f %% |\n",
                    form.engine(),
                    100 * form.after().accuracy(),
                    form.after().ece(),
                    100 * form.agreement()));
        }
        return section.append('\n').toString();
    }
}
