// SPDX-License-Identifier: Apache-2.0
package dev.sortline.retraining;

import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a base has that is of its own network alone, and so is not taken over.
 *
 * @param what in a sentence's middle
 * @param command what makes it anew, to be typed after the round
 */
record LeftBehind(String what, String command) {

    /** All that is left behind of a base, each with the command that makes it anew for the package of a round. */
    static List<LeftBehind> of(ModelPackage base, RetrainingRequest request) {
        List<LeftBehind> left = new ArrayList<>();
        String kept = request.kept().stream().map(folder -> " --data " + folder).collect(Collectors.joining());
        String reviews =
                request.reviews().stream().map(folder -> " --data " + folder).collect(Collectors.joining());
        String validation = request.validation().map(Path::toString).orElse("DIR");
        if (!base.manifest().familiarityQuantiles().isEmpty()) {
            left.add(new LeftBehind(
                    "telling how familiar a picture is",
                    "sortline model familiarize %s%s%s --unknown DIR --validation %s"
                            .formatted(request.out(), kept, reviews, validation)));
        }
        if (base.file(ModelPackage.INT8_FILE).isPresent()) {
            left.add(new LeftBehind(
                    "the network in eight bits",
                    "sortline model quantize %s%s%s --validation %s"
                            .formatted(request.out(), kept, reviews, validation)));
        }
        if (Files.isDirectory(base.folder().resolve(ModelPackage.EVALUATIONS_FOLDER))) {
            left.add(new LeftBehind(
                    "evaluations",
                    "sortline evaluate --model %s --data %s --card".formatted(request.out(), validation)));
        }
        return left;
    }
}
