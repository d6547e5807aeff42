// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.packages;

import dev.sortline.classifier.model.ModelManifest;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What each model card begins with, in Markdown: what the model is, the command that made it, and the pictures that it learned from. */
public final class CardHead {
    private static final MathContext DIGITS = new MathContext(4);

    private CardHead() {}

    /**
     * Writes it.
     *
     * @param network which it is, in the rest of a sentence
     * @param command that made the package
     * @param counts how many pictures of each label were in each folder
     */
    public static String of(
            ModelManifest manifest,
            List<String> labels,
            String network,
            String command,
            Map<Path, Map<String, Integer>> counts) {
        StringBuilder head = new StringBuilder(
                """
                # %s %s

                Says which of %d labels one picture shows: %s.

                - Network: %s.
                - Input: %dx%d RGB, the whole picture squeezed to the square, values %s.
                - Output: logits; the runtime divides them by a temperature before the softmax, %s as it was trained.

                ## Training

                ```
                %s
                ```

                | folder | pictures | by label |
                |---|---|---|
                """
                        .formatted(
                                manifest.name(),
                                manifest.version(),
                                labels.size(),
                                String.join(", ", labels),
                                network,
                                manifest.inputSize(),
                                manifest.inputSize(),
                                manifest.scaling(),
                                BigDecimal.valueOf(manifest.temperature())
                                        .round(DIGITS)
                                        .stripTrailingZeros()
                                        .toPlainString(),
                                command));
        counts.forEach((folder, byLabel) -> head.append("| `%s` | %d | %s |\n"
                .formatted(
                        folder,
                        byLabel.values().stream().mapToInt(Integer::intValue).sum(),
                        byLabel.entrySet().stream()
                                .map(entry -> entry.getKey() + " " + entry.getValue())
                                .collect(Collectors.joining(", ")))));
        return head.append('\n').toString();
    }
}
