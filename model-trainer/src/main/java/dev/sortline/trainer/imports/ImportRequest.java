// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.imports;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What is to be imported, how it is to be fed, and where the package goes.
 *
 * @param savedModel the folder that Keras exported
 * @param labels a text file, a label a line in the order of the network's output; see {@link ModelImport}
 * @param inputSize width and height of the pictures that the network was trained on, in pixels, 16..1024
 * @param scaling the range of the values that it was trained on
 * @param out where the package goes
 * @param name the model's name, as {@link ModelManifest} wants it
 * @param version the model's version, as {@link ModelManifest} wants it
 * @param output what the network's output means; empty to find it out
 */
public record ImportRequest(
        Path savedModel,
        Path labels,
        int inputSize,
        PixelScaling scaling,
        Path out,
        String name,
        String version,
        Optional<NetworkOutput> output) {

    public ImportRequest {
        ModelManifest.requireInputSize(inputSize);
        ModelManifest.requireName(name);
        ModelManifest.requireVersion(version);
    }

    /** The command that does this again. */
    String command() {
        return "sortline model import %s --labels %s --input-size %d --scaling %s --out %s --name %s --version %s%s"
                .formatted(
                        savedModel,
                        labels,
                        inputSize,
                        scaling,
                        out,
                        name,
                        version,
                        output.map(given -> " --output " + given).orElse(""));
    }
}
