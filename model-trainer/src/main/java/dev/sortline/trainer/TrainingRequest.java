// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.model.ModelManifest;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What to train, from what, and where to put it.
 *
 * @param data folders of class folders; the labels are the union of theirs, sorted
 * @param further pictures of another origin that are learned from, too
 * @param validation a folder of class folders that is never learned from: it tells the accuracy and fits the temperature. Without one a
 *     share of the data is held out
 * @param architecture the network
 * @param teachers model packages that it learns from beside the labels
 * @param base the folder with the weights to start from, or a model package; without one the network is trained from scratch
 * @param width what the numbers of channels are multiplied by, where there is no base: 0.1..2
 * @param inputSize width and height of the network's input in pixels, 32..512
 * @param epochs how often every picture is seen, 1..1000
 * @param out where the model package goes
 * @param name the model's name, as {@link ModelManifest} wants it
 * @param version the model's version, likewise
 * @param seed of all chance
 * @param runs how often the last stage is gone through, with this seed and the next ones, for the mean of the weights: 1..10
 * @param notes Markdown that the model card ends with: licences of data and base, known weaknesses
 */
public record TrainingRequest(
        List<Path> data,
        Optional<FurtherSource> further,
        Optional<Path> validation,
        Architecture architecture,
        List<Path> teachers,
        Optional<Path> base,
        Optional<Double> width,
        int inputSize,
        int epochs,
        Path out,
        String name,
        String version,
        long seed,
        int runs,
        Optional<Path> notes) {

    public TrainingRequest {
        data = List.copyOf(data);
        teachers = List.copyOf(teachers);
        ModelManifest.requireName(name);
        ModelManifest.requireVersion(version);
        if (data.isEmpty()) {
            throw new IllegalArgumentException("training needs at least one folder of images");
        }
        if (inputSize < 32 || inputSize > 512) {
            throw new IllegalArgumentException("the input size must be 32..512 pixels, but is " + inputSize);
        }
        if (epochs < 1 || epochs > 1000) {
            throw new IllegalArgumentException("epochs must be 1..1000, but are " + epochs);
        }
        if (runs < 1 || runs > 10) {
            throw new IllegalArgumentException("runs must be 1..10, but are " + runs);
        }
        if (architecture == Architecture.CNN && (base.isPresent() || width.isPresent())) {
            throw new IllegalArgumentException(
                    "a cnn is trained from scratch at one width: leave out the base and the width");
        }
        if (base.isEmpty() && architecture.needsBase()) {
            throw new IllegalArgumentException(
                    "%s is not trained from nothing: give the base whose weights it starts from"
                            .formatted(architecture));
        }
        if (base.isPresent() && width.isPresent()) {
            throw new IllegalArgumentException(
                    "the base says how wide the network is: leave out the base or the width");
        }
        if (width.isPresent() && !(width.get() >= 0.1 && width.get() <= 2)) {
            throw new IllegalArgumentException("the width must be 0.1..2, but is " + width.get());
        }
    }

    /** The command line that makes this request. */
    String command() {
        StringBuilder command = new StringBuilder("sortline train");
        data.forEach(folder -> command.append(" --data ").append(folder));
        further.ifPresent(source -> {
            command.append(" --further ").append(source.folder());
            command.append(" --further-share ").append(source.share());
            if (!source.labels().isEmpty()) {
                command.append(" --further-labels ").append(String.join(",", source.labels()));
            }
        });
        validation.ifPresent(folder -> command.append(" --validation ").append(folder));
        command.append(" --architecture ").append(architecture);
        teachers.forEach(folder -> command.append(" --teacher ").append(folder));
        base.ifPresent(folder -> command.append(" --base ").append(folder));
        width.ifPresent(factor -> command.append(" --width ").append(factor));
        command.append(" --input-size ").append(inputSize).append(" --epochs ").append(epochs);
        command.append(" --out ").append(out);
        command.append(" --name ").append(name).append(" --version ").append(version);
        notes.ifPresent(file -> command.append(" --notes ").append(file));
        return command.append(" --seed ")
                .append(seed)
                .append(" --runs ")
                .append(runs)
                .toString();
    }
}
