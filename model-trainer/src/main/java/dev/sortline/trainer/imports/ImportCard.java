// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.ModelManifest;
import java.util.List;

/** The card of an imported model: what is known of it, which is little, and what to do to know more. */
final class ImportCard {
    private ImportCard() {}

    static String of(
            ImportRequest request,
            ModelManifest manifest,
            List<String> labels,
            String signature,
            boolean constantWeights) {
        return """
                # %s %s

                Says which of %d labels one picture shows: %s.

                - Network: imported from `%s`, with the signature `%s`; its weights are %s.
                - Input: %dx%d RGB, the whole picture squeezed to the square, values %s.
                - Output: %s, %s; temperature 1: not calibrated.

                ## Import

                ```
                %s
                ```

                What it was trained on, its licence and its weaknesses are not known to the tool that wrote this card: add them.

                ## Evaluation

                Nothing is calibrated, and importing evaluates nothing: a confidence of 0.9 need not be right nine times in ten. Figures of
                `sortline evaluate --model %s --data DIR --card` follow here.
                """
                .formatted(
                        manifest.name(),
                        manifest.version(),
                        labels.size(),
                        String.join(", ", labels),
                        request.model(),
                        signature,
                        constantWeights ? "constants" : "variables, as in the original",
                        manifest.inputSize(),
                        manifest.inputSize(),
                        values(request),
                        manifest.output(),
                        request.output().isPresent() ? "as given" : "as its answers to made-up pictures are",
                        request.command(),
                        request.out());
    }

    private static String values(ImportRequest request) {
        String values =
                switch (request.scaling()) {
                    case NONE -> "0..255 as they are";
                    default -> request.scaling().toString();
                };
        return request.input().mean().isEmpty()
                ? values
                : "%s, in the network less %s, divided by %s"
                        .formatted(
                                values, request.input().mean(), request.input().deviation());
    }
}
