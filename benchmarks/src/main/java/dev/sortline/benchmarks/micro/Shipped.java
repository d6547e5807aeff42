// SPDX-License-Identifier: Apache-2.0
package dev.sortline.benchmarks.micro;

import dev.sortline.benchmarks.line.BeltPictures;
import dev.sortline.classifier.model.ModelPackage;
import java.nio.file.Path;
import java.util.List;

/** The model and the pictures that the project ships, below {@code -Dsortline.home} or the working directory. */
final class Shipped {
    private static final Path HOME = Path.of(System.getProperty("sortline.home", "."));

    private Shipped() {}

    static ModelPackage model() {
        return ModelPackage.load(HOME.resolve("models/waste-mobilenet-v2"));
    }

    /** The sample frames, a folder a label. */
    static Path belt() {
        return HOME.resolve("samples/belt");
    }

    static List<byte[]> pictures() {
        return BeltPictures.of(belt()).files();
    }
}
