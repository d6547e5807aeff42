// SPDX-License-Identifier: Apache-2.0
package dev.sortline.camera.folder;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Takes files out of the way that need not be looked at again: those that are published, and those that never can be. */
final class Clearing {
    /** Sub-folder of the watched one, for files that cannot be published. */
    static final String REFUSED = "refused";

    private final Path folder;
    private final @Nullable Path moveTo;

    Clearing(FolderSettings settings) {
        this.folder = settings.path();
        this.moveTo = settings.moveTo();
    }

    /** Whether a folder is one into which files are cleared. */
    boolean isOurs(Path subfolder) {
        return subfolder.equals(folder.resolve(REFUSED)) || subfolder.equals(moveTo);
    }

    /** @param name the file's own, without what it was called on its way */
    void published(Path file, String name) throws IOException {
        if (moveTo == null) {
            Files.deleteIfExists(file);
        } else {
            move(file, name, moveTo);
        }
    }

    /** Returns where it is now. */
    Path refused(Path file, String name) throws IOException {
        return move(file, name, folder.resolve(REFUSED));
    }

    private Path move(Path file, String name, Path to) throws IOException {
        Path target = to.resolve(folder.relativize(file).toString()).resolveSibling(name);
        Files.createDirectories(target.getParent());
        Path free = target;
        for (int number = 2; ; number++) {
            try {
                return Files.move(file, free);
            } catch (FileAlreadyExistsException e) {
                free = target.resolveSibling(numbered(name, number));
            }
        }
    }

    private static String numbered(String name, int number) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name + "-" + number : name.substring(0, dot) + "-" + number + name.substring(dot);
    }
}
