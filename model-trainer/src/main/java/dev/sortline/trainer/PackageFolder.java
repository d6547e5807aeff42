// SPDX-License-Identifier: Apache-2.0
package dev.sortline.trainer;

import dev.sortline.classifier.ModelPackage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * A place for a model package that is whole or not there: it is built in a folder beside the place and moved when it is complete. A package
 * that is there already is replaced; anything else is left alone.
 */
final class PackageFolder {
    private final Path target;

    /** @throws TrainingInputException if the place is taken by something that is no model package, or cannot be written to */
    PackageFolder(Path target) {
        this.target = target.toAbsolutePath().normalize();
        if (Files.exists(this.target) && !isReplaceable(this.target)) {
            throw new TrainingInputException(
                    "%s exists and is no model package: choose another place for the package".formatted(target));
        }
    }

    /** Fills a new folder and puts it in place; on any failure the place is as before. */
    void write(Content content) throws IOException {
        Path parent = parent();
        Files.createDirectories(parent);
        Path building = Files.createTempDirectory(parent, "." + target.getFileName() + ".new-");
        try {
            content.writeTo(building);
            readableByAll(building);
            putInPlace(building);
        } finally {
            delete(building);
        }
    }

    /** Writes the package's files. */
    @FunctionalInterface
    interface Content {
        void writeTo(Path folder) throws IOException;
    }

    private void putInPlace(Path building) throws IOException {
        if (!Files.exists(target)) {
            Files.move(building, target);
            return;
        }
        Path old = Files.createTempDirectory(parent(), "." + target.getFileName() + ".old-");
        Path aside = old.resolve("package");
        Files.move(target, aside);
        try {
            Files.move(building, target);
        } catch (IOException e) {
            Files.move(aside, target);
            throw e;
        } finally {
            delete(old);
        }
    }

    private Path parent() {
        Path parent = target.getParent();
        if (parent == null) {
            throw new TrainingInputException(target + " is no place for a package: give a folder's name");
        }
        return parent;
    }

    /** Temporary folders are for their owner alone; a package is not. */
    private static void readableByAll(Path folder) throws IOException {
        if (Files.getFileStore(folder).supportsFileAttributeView("posix")) {
            Files.setPosixFilePermissions(folder, java.nio.file.attribute.PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    private static boolean isReplaceable(Path folder) {
        if (!Files.isDirectory(folder)) {
            return false;
        }
        try (Stream<Path> children = Files.list(folder)) {
            return Files.exists(folder.resolve(ModelPackage.MANIFEST_FILE))
                    || children.findAny().isEmpty();
        } catch (IOException e) {
            throw new TrainingInputException("cannot list " + folder + ": " + e.getMessage(), e);
        }
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        List<Path> deepestFirst;
        try (Stream<Path> inside = Files.walk(folder)) {
            deepestFirst = inside.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.delete(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + folder, e);
        }
    }
}
