// SPDX-License-Identifier: Apache-2.0
package dev.sortline.models;

import dev.sortline.classifier.model.ModelPackage;
import dev.sortline.classifier.model.ModelPackageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Model packages as they lie in their folders, each read again only when its files have changed. Safe for use by several threads. */
public final class SeenPackages {
    private final Map<Path, Seen> packages = new HashMap<>();

    private record Seen(String files, ModelPackage model) {}

    /**
     * The package in a folder: the same one as before while its files are the same.
     *
     * @throws ModelPackageException says which file is wrong and what to do
     */
    public synchronized ModelPackage in(Path folder) {
        String files = files(folder);
        @Nullable Seen seen = packages.get(folder);
        if (seen == null || !seen.files().equals(files)) {
            seen = new Seen(files, ModelPackage.load(folder));
            packages.put(folder, seen);
        }
        return seen.model();
    }

    private static String files(Path folder) {
        try {
            return PackageFiles.seen(folder);
        } catch (IOException e) {
            // Reading it says what is wrong.
            return "";
        }
    }
}
