// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.ModelManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to train, from what, and where to put it.
 *
 * @param data folders of class folders; the labels are the union of theirs, sorted
 * @param base the folder with the backbone's weights
 * @param out where the model package goes
 * @param name the model's name, as {@link ModelManifest} wants it
 * @param version the model's version, likewise
 * @param seed of all chance
 * @param notes Markdown that the model card ends with: licences of data and base, known weaknesses
 */
public record TrainingOrder(
        List<Path> data, Path base, Path out, String name, String version, long seed, Optional<Path> notes) {
    public TrainingOrder {
        data = List.copyOf(data);
        ModelManifest.requireName(name);
        ModelManifest.requireVersion(version);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("training needs at least one folder of images");
        }
    }

    /** The command line that gives this order. */
    String command() {
        StringBuilder command = new StringBuilder("sortline train");
        data.forEach(folder -> command.append(" --data ").append(folder));
        command.append(" --base ").append(base);
        command.append(" --out ").append(out);
        command.append(" --name ").append(name).append(" --version ").append(version);
        notes.ifPresent(file -> command.append(" --notes ").append(file));
        return command.append(" --seed ").append(seed).toString();
    }
}
