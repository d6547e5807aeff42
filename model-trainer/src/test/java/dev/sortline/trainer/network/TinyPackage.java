// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer.network;

import dev.sortline.classifier.model.ModelManifest;
import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.NetworkOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A model package of a network that has learned nothing: a {@link TinyBackbone} with a classifier by chance. */
public final class TinyPackage {
    private TinyPackage() {}

    public static Path writeTo(Path folder, List<String> labels, int inputSize, double temperature, long seed)
            throws IOException {
        Path base =
                TinyBackbone.writeTo(Files.createDirectories(folder.resolveSibling(folder.getFileName() + "-base")));
        Network network = MobileNetV2.from(PretrainedWeights.read(base), labels.size(), seed);
        Files.createDirectories(folder);
        FrozenModel.write(
                folder.resolve(ModelPackage.SAVED_MODEL_FILE),
                network,
                network.initialWeights(),
                inputSize,
                labels.size());
        Files.writeString(folder.resolve(ModelPackage.LABELS_FILE), String.join("\n", labels) + "\n");
        ModelManifest manifest = new ModelManifest(
                "tiny",
                "1.0.0",
                inputSize,
                network.scaling(),
                NetworkOutput.LOGITS,
                temperature,
                ModelPackage.digestOf(folder));
        Files.writeString(folder.resolve(ModelPackage.MANIFEST_FILE), manifest.toJson());
        return folder;
    }
}
