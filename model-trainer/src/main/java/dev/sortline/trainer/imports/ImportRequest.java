// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import dev.sortline.trainer.layers.PictureInput;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is to be imported, how it is to be fed, and where the package goes.
 *
 * @param model the folder of a SavedModel, or a file that Keras, PyTorch or TensorFlow Lite wrote; see {@link ModelImport}
 * @param labels a text file, a label a line in the order of the network's output; see {@link ModelImport}
 * @param input width and height of the pictures that the network was trained on, in pixels, 16..1024; and what is taken off and divided
 *     by after the scaling, which only a file can have
 * @param scaling the range of the values that it was trained on
 * @param out where the package goes
 * @param name the model's name, as {@link ModelManifest} wants it
 * @param version the model's version, as {@link ModelManifest} wants it
 * @param output what the network's output means; empty to find it out
 */
public record ImportRequest(
        Path model,
        Path labels,
        PictureInput input,
        PixelScaling scaling,
        Path out,
        String name,
        String version,
        Optional<NetworkOutput> output) {

    public ImportRequest {
        ModelManifest.requireInputSize(input.size());
        ModelManifest.requireName(name);
        ModelManifest.requireVersion(version);
    }

    /** The command that does this again. */
    String command() {
        return "sortline model import %s --labels %s --input-size %d --scaling %s%s --out %s --name %s --version %s%s"
                .formatted(
                        model,
                        labels,
                        input.size(),
                        scaling,
                        standardization(),
                        out,
                        name,
                        version,
                        output.map(given -> " --output " + given).orElse(""));
    }

    private String standardization() {
        return input.mean().isEmpty()
                ? ""
                : " --mean %s --std %s".formatted(numbers(input.mean()), numbers(input.deviation()));
    }

    private static String numbers(List<Float> numbers) {
        return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
