// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import dev.sortline.classifier.model.PixelScaling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Model packages that are whole, but for a network: {@link ToyClassifier} stands in for it. */
public final class ToyPackage {
    private ToyPackage() {}

    public static Path write(Path folder, String version, String network) throws IOException {
        return write(folder, version, network, List.of("empty", "glass", "metal"));
    }

    public static Path write(Path folder, String version, String network, List<String> labels) throws IOException {
        Files.createDirectories(folder);
        Files.write(folder.resolve(ModelPackage.LABELS_FILE), labels);
        Files.writeString(folder.resolve(ModelPackage.SAVED_MODEL_FILE), network);
        var manifest = new ModelManifest(
                "toy", version, 32, PixelScaling.ZERO_TO_ONE, NetworkOutput.LOGITS, 1, ModelPackage.digestOf(folder));
        Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        return folder;
    }
}
