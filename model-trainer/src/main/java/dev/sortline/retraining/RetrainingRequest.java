// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which package to learn on from, by what, and where to put what comes of it.
 *
 * @param base the package to begin with, trained here; it stays as it is
 * @param reviews folders of class folders: pictures of the line that people have labelled, each label known to the base
 * @param kept folders of class folders: pictures of what the base knew before
 * @param validation a folder of class folders that was never learned from, by which it is held that nothing is lost; without one a share of
 *     the kept pictures is held out
 * @param out where the model package goes
 * @param name the model's name, as {@link ModelManifest} wants it
 * @param version the model's version, likewise
 * @param seed of all chance
 * @param notes Markdown that the model card ends with; without them those of the base's card
 */
public record RetrainingRequest(
        Path base,
        List<Path> reviews,
        List<Path> kept,
        Optional<Path> validation,
        Path out,
        String name,
        String version,
        long seed,
        Optional<Path> notes) {

    public RetrainingRequest {
        reviews = List.copyOf(reviews);
        kept = List.copyOf(kept);
        ModelManifest.requireName(name);
        ModelManifest.requireVersion(version);
        if (reviews.isEmpty() || kept.isEmpty()) {
            throw new IllegalArgumentException(
                    "a round of learning on needs reviewed pictures and pictures of what was known before");
        }
    }

    /** The command line that makes this request. */
    String command() {
        StringBuilder command = new StringBuilder("sortline train --base ").append(base);
        reviews.forEach(folder -> command.append(" --data ").append(folder));
        kept.forEach(folder -> command.append(" --keep ").append(folder));
        validation.ifPresent(folder -> command.append(" --validation ").append(folder));
        command.append(" --out ").append(out);
        command.append(" --name ").append(name).append(" --version ").append(version);
        notes.ifPresent(file -> command.append(" --notes ").append(file));
        return command.append(" --seed ").append(seed).toString();
    }
}
