// SPDX-License-Identifier: Apache-2.0
package dev.sortline.line.peers;

import dev.sortline.classifier.model.ModelPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The shipped model as another version of itself: the same network, told apart by its manifest. */
public final class VersionedModel {
    private VersionedModel() {}

    /** Writes a package whose version is that. */
    public static Path write(Path folder, String version) throws IOException {
        Path shipped = Samples.model();
        try (Stream<Path> all = Files.walk(shipped)) {
            for (Path each : all.toList()) {
                Path target = folder.resolve(shipped.relativize(each).toString());
                if (Files.isDirectory(each)) {
                    Files.createDirectories(target);
                } else {
                    Files.copy(each, target);
                }
            }
        }
        Path manifest = folder.resolve(ModelPackage.MANIFEST_FILE);
        String now = ModelPackage.load(shipped).version();
        Files.writeString(manifest, Files.readString(manifest).replace('"' + now + '"', '"' + version + '"'));
        return folder;
    }
}
